@echo off
rem Open the demo hall on Windows 10/11: makes .venv from the hashed lock, then starts it.
rem Needs Python 3.11 or 3.12 (64 bit). Arguments go to "demo run", e.g.  run.cmd --headless out
rem run.cmd --hall opens a hall of many machines with a switch that cuts their lines.
setlocal
set "ROOT=%~dp0"
set "VENV_PYTHON=%ROOT%.venv\Scripts\python.exe"

if not exist "%VENV_PYTHON%" goto make
"%VENV_PYTHON%" "%ROOT%installer\environment.py" --check
if not errorlevel 1 goto prepare

:make
set "PYTHON="
for %%C in ("py -3.12" "py -3.11" "python" "python3") do (
  if not defined PYTHON call :try %%C
)
if not defined PYTHON (
  echo Python 3.11 or 3.12 ^(64 bit^) was not found. Install it with "Add python.exe to PATH", then start run.cmd again. 1>&2
  exit /b 1
)
%PYTHON% "%ROOT%installer\environment.py"
if errorlevel 1 exit /b 1

:prepare
"%VENV_PYTHON%" "%ROOT%installer\prepare.py"
if errorlevel 1 exit /b 1
if /i "%~1"=="--hall" goto hall
"%ROOT%.venv\Scripts\counter-app.exe" demo run %*
exit /b %errorlevel%

:hall
"%ROOT%.venv\Scripts\counter-app.exe" demo hall %2 %3 %4 %5
exit /b %errorlevel%

:try
%~1 -c "import sys, venv, ensurepip; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)) or sys.maxsize < 2**32)" >nul 2>nul
if not errorlevel 1 set "PYTHON=%~1"
exit /b 0
