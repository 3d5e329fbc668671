// C, because the GNU C library shows renameat2 to programs that define _GNU_SOURCE only.
#define _GNU_SOURCE
#include "file_exchange.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

int myotask_exchange(const char *one, const char *other) {
#if defined(__linux__) && defined(SYS_renameat2)
    // RENAME_EXCHANGE; the system call is older than the library's function for it.
    const unsigned int exchange = 2;
    if (syscall(SYS_renameat2, AT_FDCWD, one, AT_FDCWD, other, exchange) == 0) { return 0; }
    // A file system that does not know the flag says EINVAL, a kernel without the call ENOSYS.
    return errno == EINVAL || errno == ENOSYS ? ENOTSUP : errno;
#elif defined(__APPLE__)
    return renamex_np(one, other, RENAME_SWAP) == 0 ? 0 : errno;
#else
    (void)one;
    (void)other;
    return ENOTSUP;
#endif
}
