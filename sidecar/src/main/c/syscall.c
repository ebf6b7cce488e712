#include <errno.h>
#include <unistd.h>

/* The result of syscall(2), or the negative errno: read before anything of the program's own can change it. */
long aquifer_syscall(long number, long a, long b, long c, long d, long e, long f) {
  long result = syscall(number, a, b, c, d, e, f);
  return result == -1 ? -errno : result;
}
