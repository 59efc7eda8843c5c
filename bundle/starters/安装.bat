@echo off
rem Install from this folder alone; no network, no administrator.
chcp 65001 >nul
setlocal
set "PYTHONUTF8=1"
set "program=%~dp0program"
set /p version=<"%program%\python-version"
if exist "%program%\python\python.exe" goto brought
py "-%version%" -c "" >nul 2>nul
if not errorlevel 1 goto launcher
python -c "" >nul 2>nul
if not errorlevel 1 goto path
echo 没有安装：本机没有 Python %version%。请先安装，或向提供者索取自带 Python 的安装包。
set "code=2"
goto end

:brought
"%program%\python\python.exe" "%program%\install.py"
set "code=%errorlevel%"
goto end

:launcher
py "-%version%" "%program%\install.py"
set "code=%errorlevel%"
goto end

:path
python "%program%\install.py"
set "code=%errorlevel%"

:end
pause
exit /b %code%
