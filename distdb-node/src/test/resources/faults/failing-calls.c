// SPDX-License-Identifier: MIT
//
// Preloaded into a process (LD_PRELOAD), makes its forces and writes fail as a file says that is mapped from
// DISTDB_FAILING_CALLS; io.distdb.faults.FailingCalls writes it. libfiu would do the same, but intercepts malloc too,
// and RocksDB's library sometimes hangs in it while it is loaded.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

// 4-byte integers of this machine's order: what Java's ByteOrder.nativeOrder() gives.
struct control {
  _Atomic int force_errno;  // 0: forces succeed
  _Atomic int force_left;   // how many still fail; below 0: all
  _Atomic int write_errno;
  _Atomic int write_left;
  _Atomic int failed;       // how many calls failed so far
  char part[236];           // only files with this in their path
};

static struct control none;
static struct control *control = &none;

__attribute__((constructor)) static void map(void) {
  const char *name = getenv("DISTDB_FAILING_CALLS");
  int file = name == NULL ? -1 : open(name, O_RDWR);
  if (file >= 0) {
    void *mapped = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    control = mapped == MAP_FAILED ? &none : mapped;
    close(file);
  }
}

static int is_meant(int file) {
  char link[64];
  char path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strstr(path, control->part) != NULL;
}

static int fails(int file, _Atomic int *error, _Atomic int *left) {
  if (atomic_load(error) == 0 || !is_meant(file)) return 0;
  int before = atomic_load(left);
  while (before != 0) {
    if (before < 0 || atomic_compare_exchange_weak(left, &before, before - 1)) {
      atomic_fetch_add(&control->failed, 1);
      errno = atomic_load(error);
      return 1;
    }
  }
  return 0;
}

#define REAL(type, name) \
  static type (*real)();  \
  if (real == NULL) real = (type (*)())dlsym(RTLD_NEXT, name)

#define FORCE(name)                                                            \
  int name(int file) {                                                         \
    REAL(int, #name);                                                          \
    return fails(file, &control->force_errno, &control->force_left) ? -1 : real(file); \
  }

FORCE(fsync)
FORCE(fdatasync)

#define WRITE_FAILS(file) fails(file, &control->write_errno, &control->write_left)

ssize_t write(int file, const void *bytes, size_t length) {
  REAL(ssize_t, "write");
  return WRITE_FAILS(file) ? -1 : real(file, bytes, length);
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t at) {
  REAL(ssize_t, "pwrite");
  return WRITE_FAILS(file) ? -1 : real(file, bytes, length, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t at) {
  REAL(ssize_t, "pwrite64");
  return WRITE_FAILS(file) ? -1 : real(file, bytes, length, at);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
  REAL(ssize_t, "writev");
  return WRITE_FAILS(file) ? -1 : real(file, parts, count);
}
