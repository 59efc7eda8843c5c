@echo off
rem Scan the folder that is dropped on this file, or that is asked for.
chcp 65001 >nul
setlocal
set "PYTHONUTF8=1"
set "home=%LOCALAPPDATA%\shixin"
if not "%SHIXIN_HOME%"=="" set "home=%SHIXIN_HOME%"
if exist "%home%\env\Scripts\python.exe" goto scan
echo 还没有安装，请先双击 安装.bat。
set "code=2"
goto end

:scan
"%home%\env\Scripts\python.exe" "%home%\start.py" "%~1"
set "code=%errorlevel%"

:end
pause
exit /b %code%
