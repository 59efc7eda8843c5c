"""The authorities (依据库): what is known of laws, regulations and policies, their levels, and when they are in force."""
