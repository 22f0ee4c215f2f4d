/* Read before every C file of Python and SQLite: takes these functions in the form that glibc 2.28 of Debian 10 and UOS 20
   has too. The later form differs in nothing but how errors of the SVID standard are told. */
__asm__(".symver exp,exp@GLIBC_2.2.5");
__asm__(".symver exp2,exp2@GLIBC_2.2.5");
__asm__(".symver log,log@GLIBC_2.2.5");
__asm__(".symver log2,log2@GLIBC_2.2.5");
__asm__(".symver pow,pow@GLIBC_2.2.5");
