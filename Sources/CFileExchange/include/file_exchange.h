#ifndef MYOTASK_FILE_EXCHANGE_H
#define MYOTASK_FILE_EXCHANGE_H

/// Exchanges what two names of one file system stand for, in one step.
///
/// Returns 0, or what errno is: ENOTSUP where the system or the file system cannot do it.
int myotask_exchange(const char *one, const char *other);

#endif
