"""The bundle for a machine without a network (安装包): gathered here, installed and started there."""
