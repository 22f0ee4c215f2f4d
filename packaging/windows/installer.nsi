; The installer for Windows: one user's own, in Simplified Chinese, without administrator rights.
; makensis -INPUTCHARSET UTF8 -DVERSION=1.2.3 -DPROGRAM=folder -DKILOBYTES=size of it -DTARGET=setup.exe installer.nsi
;
; /S asks nothing, /D=folder (last, without quotes) says where to. Exit codes:
;   0 done   1 cancelled   2 files could not be written, the old version still works
;   3 the program is running   4 a newer version is installed   5 Windows is too old
; The uninstaller takes /S as well and then keeps the notebook.

Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
SetCompressorDictSize 64
RequestExecutionLevel user
AllowSkipFiles off
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win10

!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include WordFunc.nsh

!define NAME "政策案头"
!define NOTES_NAME "政策案头批注文件"
!define PROGRAM_FILE "policy-desk.exe"
!define CONSOLE_FILE "policy-desk-cli.exe"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\PolicyDesk"
!define PATHS_KEY "Software\Microsoft\Windows\CurrentVersion\App Paths"
!define CLASSES_KEY "Software\Classes"
!define NOTES_CLASS "PolicyDesk.Notes"
!define NOTES_SUFFIX ".zip"
!define NOTEBOOK "$LOCALAPPDATA\policy-desk"
!define CANCELLED 1
!define NOT_WRITTEN 2
!define IS_RUNNING 3
!define IS_NEWER 4
!define IS_TOO_OLD 5
!define OLDEST_BUILD 17763 ; Windows 10 1809, which Qt 6.8 needs

Name "${NAME}"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\PolicyDesk"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME} 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "CompanyName" "${NAME}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"

!define MUI_ICON "..\..\resources\icons\policy-desk.ico"
!define MUI_UNICON "..\..\resources\icons\policy-desk.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "finish.bmp"
!define MUI_ABORTWARNING
!define MUI_DIRECTORYPAGE_TEXT_TOP "只为当前用户安装，不需要管理员权限，也不联网。笔记本另存在用户自己的文件夹里，安装、更新、卸载都不动它。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM_FILE}"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${NAME}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Var Running
Var IsUpdate
Var Failed

!macro END_WITH code
  SetErrorLevel ${code}
  Quit
!macroend

; What the installer and the uninstaller both do; the functions of the latter have names that begin with "un.".
!macro CLOSING un

; Puts "yes" into $Running if an executable of ours cannot be written, which Windows refuses while it runs.
Function ${un}FindRunning
  StrCpy $Running ""
  ${ForEach} $0 1 2 + 1
    StrCpy $1 "$INSTDIR\${PROGRAM_FILE}"
    ${If} $0 = 2
      StrCpy $1 "$INSTDIR\${CONSOLE_FILE}"
    ${EndIf}
    ${If} ${FileExists} $1
      ClearErrors
      FileOpen $2 $1 a
      ${If} ${Errors}
        StrCpy $Running "yes"
      ${Else}
        FileClose $2
      ${EndIf}
    ${EndIf}
  ${Next}
  ClearErrors
FunctionEnd

; Asks every visible window of the installed program to close, as its own × does; a copy elsewhere is left alone.
Function ${un}AskToClose
  StrCpy $0 0
  ${Do}
    FindWindow $0 "" "" 0 $0
    ${If} $0 P= 0
      ${ExitDo}
    ${EndIf}
    System::Call 'user32::IsWindowVisible(p r0) i .r1'
    System::Call 'user32::GetWindowThreadProcessId(p r0, *i .r2)'
    System::Call 'kernel32::OpenProcess(i 0x1000, i 0, i r2) p .r3' ; PROCESS_QUERY_LIMITED_INFORMATION
    ${If} $3 P<> 0
      StrCpy $4 ""
      System::Call 'kernel32::QueryFullProcessImageNameW(p r3, i 0, w .r4, *i ${NSIS_MAX_STRLEN})'
      System::Call 'kernel32::CloseHandle(p r3)'
      ${If} $1 <> 0
      ${AndIf} $4 == "$INSTDIR\${PROGRAM_FILE}"
        System::Call 'user32::PostMessageW(p r0, i ${WM_CLOSE}, p 0, p 0)'
      ${EndIf}
    ${EndIf}
  ${Loop}
FunctionEnd

; Comes back only when the program is not running.
Function ${un}CloseProgram
  Call ${un}FindRunning
  ${If} $Running == ""
    Return
  ${EndIf}
  ${If} ${Silent}
    !insertmacro END_WITH ${IS_RUNNING}
  ${EndIf}
  MessageBox MB_YESNO|MB_ICONQUESTION "${NAME}正在运行，要先关闭它才能继续。$\r$\n$\r$\n\
    笔记随写随存，关闭不会丢失内容。$\r$\n现在关闭${NAME}吗？" IDYES close
  !insertmacro END_WITH ${CANCELLED}
close:
  Call ${un}AskToClose
  ${ForEach} $5 1 20 + 1
    Sleep 500
    Call ${un}FindRunning
    ${If} $Running == ""
      Return
    ${EndIf}
  ${Next}
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME}还没有关闭。$\r$\n$\r$\n\
    请先关掉它里面打开的对话框，或等正在进行的导出完成，再点“重试”。" IDRETRY close
  !insertmacro END_WITH ${CANCELLED}
FunctionEnd

!macroend
!insertmacro CLOSING ""
!insertmacro CLOSING "un."

Function .onInit
  ${IfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    MessageBox MB_OK|MB_ICONSTOP "${NAME}需要 Windows 10（1809 版）或更新的系统，这台电脑上没有改动任何东西。" /SD IDOK
    !insertmacro END_WITH ${IS_TOO_OLD}
  ${EndIf}
  ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} $0 == ""
    Return
  ${EndIf}
  StrCpy $IsUpdate "yes"
  ${VersionCompare} $0 "${VERSION}" $1
  ${If} $1 = 1
    MessageBox MB_YESNO|MB_DEFBUTTON2|MB_ICONEXCLAMATION "已经装有更新的 $0 版，这里是 ${VERSION} 版。$\r$\n$\r$\n\
      旧版可能打不开新版用过的笔记本（不会改动它）。仍要换成旧版吗？" /SD IDNO IDYES older
    !insertmacro END_WITH ${IS_NEWER}
older:
  ${EndIf}
FunctionEnd

; The new files are first laid beside the old ones, and these come back if anything goes wrong. Nothing else in the folder is
; touched: it may hold the notebook of a portable copy.
!macro MOVE from to entry
  ${If} ${FileExists} "$INSTDIR\${from}${entry}"
    ClearErrors
    Rename "$INSTDIR\${from}${entry}" "$INSTDIR\${to}${entry}"
    ${If} ${Errors} ; which forgets them
      StrCpy $Failed "yes"
    ${EndIf}
  ${EndIf}
!macroend

!macro MOVE_ALL from to
  !insertmacro MOVE "${from}" "${to}" "_internal"
  !insertmacro MOVE "${from}" "${to}" "${PROGRAM_FILE}"
  !insertmacro MOVE "${from}" "${to}" "${CONSOLE_FILE}"
!macroend

!macro BRING_BACK entry
  ${If} ${FileExists} "$INSTDIR\_old\${entry}"
    RMDir /r "$INSTDIR\${entry}"
    Delete "$INSTDIR\${entry}"
    Rename "$INSTDIR\_old\${entry}" "$INSTDIR\${entry}"
  ${EndIf}
!macroend

Function PutFiles
  RMDir /r "$INSTDIR\_new"
  RMDir /r "$INSTDIR\_old"
  ClearErrors
  SetOutPath "$INSTDIR\_new"
  File /r "${PROGRAM}/*"
  ${If} ${Errors}
  ${OrIf} ${FileExists} "$INSTDIR\_old\*.*" ; of an update before, and still held by something
    Call GiveUp
  ${EndIf}
  SetOutPath "$INSTDIR"
  CreateDirectory "$INSTDIR\_old"
  StrCpy $Failed ""
  !insertmacro MOVE_ALL "" "_old\"
  ${If} $Failed == ""
    !insertmacro MOVE_ALL "_new\" ""
  ${EndIf}
  ${If} $Failed != ""
    !insertmacro BRING_BACK "_internal"
    !insertmacro BRING_BACK "${PROGRAM_FILE}"
    !insertmacro BRING_BACK "${CONSOLE_FILE}"
    Call GiveUp
  ${EndIf}
  RMDir /r "$INSTDIR\_new"
  RMDir /r "$INSTDIR\_old"
FunctionEnd

Function GiveUp
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\_new"
  RMDir "$INSTDIR\_old"
  RMDir "$INSTDIR"
  MessageBox MB_OK|MB_ICONSTOP "文件没有写成：磁盘可能已满，或有安全软件拦住了。$\r$\n$\r$\n\
    原来的版本和笔记本都没有改动。请腾出空间或放行后再安装一次。" /SD IDOK
  !insertmacro END_WITH ${NOT_WRITTEN}
FunctionEnd

; Notes from colleagues are plain .zip files, so the program only offers itself under “打开方式”: a double click
; still opens them as before.
Function OfferToOpen
  WriteRegStr HKCU "${CLASSES_KEY}\${NOTES_CLASS}" "" "${NOTES_NAME}"
  WriteRegStr HKCU "${CLASSES_KEY}\${NOTES_CLASS}\DefaultIcon" "" "$INSTDIR\${PROGRAM_FILE},0"
  WriteRegStr HKCU "${CLASSES_KEY}\${NOTES_CLASS}\shell\open" "FriendlyAppName" "${NAME}"
  WriteRegStr HKCU "${CLASSES_KEY}\${NOTES_CLASS}\shell\open\command" "" '"$INSTDIR\${PROGRAM_FILE}" "%1"'
  WriteRegStr HKCU "${CLASSES_KEY}\${NOTES_SUFFIX}\OpenWithProgids" "${NOTES_CLASS}" ""
FunctionEnd

Function Register
  WriteRegStr HKCU "${PATHS_KEY}\${PROGRAM_FILE}" "" "$INSTDIR\${PROGRAM_FILE}"
  WriteRegStr HKCU "${PATHS_KEY}\${CONSOLE_FILE}" "" "$INSTDIR\${CONSOLE_FILE}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM_FILE},0"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${KILOBYTES}
FunctionEnd

!macro TELL_SHELL
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; SHCNE_ASSOCCHANGED
!macroend

Section
  AddSize ${KILOBYTES}
  Call CloseProgram
  Call PutFiles
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM_FILE}"
  ${If} $IsUpdate == "" ; who has taken it off the desktop does not want it back
    CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${PROGRAM_FILE}"
  ${EndIf}
  Call OfferToOpen
  Call Register
  !insertmacro TELL_SHELL
SectionEnd

; Removes the notebook only after two clear answers, the default of both being no.
Function un.AskAboutNotebook
  ${IfNot} ${FileExists} "${NOTEBOOK}\*.*"
    Return
  ${EndIf}
  MessageBox MB_YESNO|MB_DEFBUTTON2|MB_ICONQUESTION "程序已经卸载。要不要把笔记本也删除？$\r$\n$\r$\n\
    笔记本里是您的批注、标记、会议、台账和备份，在：$\r$\n${NOTEBOOK}$\r$\n$\r$\n\
    选“否”（建议）：原样保留，重新安装后接着用。$\r$\n选“是”：连同全部备份一起删除。" /SD IDNO IDYES sure
  Return
sure:
  MessageBox MB_YESNO|MB_DEFBUTTON2|MB_ICONEXCLAMATION "真的删除笔记本和全部备份吗？删除后无法找回。" /SD IDNO IDYES remove
  Return
remove:
  RMDir /r "${NOTEBOOK}"
FunctionEnd

Section Uninstall
  Call un.CloseProgram
  SetOutPath "$TEMP"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${PROGRAM_FILE}"
  Delete "$INSTDIR\${CONSOLE_FILE}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only if nothing else is in it
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "${PATHS_KEY}\${PROGRAM_FILE}"
  DeleteRegKey HKCU "${PATHS_KEY}\${CONSOLE_FILE}"
  DeleteRegKey HKCU "${CLASSES_KEY}\${NOTES_CLASS}"
  DeleteRegValue HKCU "${CLASSES_KEY}\${NOTES_SUFFIX}\OpenWithProgids" "${NOTES_CLASS}"
  !insertmacro TELL_SHELL
  Call un.AskAboutNotebook
SectionEnd
