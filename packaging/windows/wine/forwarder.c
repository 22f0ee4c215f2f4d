/* python3.dll: only forwards to python311.dll, so there is nothing to do when it is loaded. */
int __stdcall start(void *module, unsigned reason, void *reserved)
{
    return 1;
}
