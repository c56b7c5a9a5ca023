// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluator/sandbox.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <initializer_list>
#include <poll.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace evaluator
{

namespace
{

/// Never above what Sluice itself may have: raising that is not ours, and the kernel refuses it.
bool limit(int resource, rlim_t value, rlim_t hardValue)
{
    rlimit present{};
    if (getrlimit(__rlimit_resource_t(resource), &present) != 0)
        return false;
    const rlimit limits{std::min(value, present.rlim_max), std::min(hardValue, present.rlim_max)};
    return setrlimit(__rlimit_resource_t(resource), &limits) == 0;
}

/// Whether who reads the answer has gone. Its process number says nothing: in a container Sluice
/// itself may be number 1.
bool isAlone()
{
    pollfd output{STDOUT_FILENO, 0, 0};
    return poll(&output, 1, 0) > 0 && (output.revents & POLLERR) != 0;
}

/// What a computation needs, the engine's compiled code among it: what such code can do to the
/// world is what this filter lets through, and that is to write to its two pipes.
bool allowComputation(scmp_filter_ctx filter)
{
    const int plain[] = {
        SCMP_SYS(munmap),
        SCMP_SYS(mremap),
        SCMP_SYS(madvise),
        SCMP_SYS(brk),
        SCMP_SYS(futex),
        SCMP_SYS(rt_sigreturn),
        SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(exit),
        SCMP_SYS(exit_group),
        SCMP_SYS(clock_gettime),
        SCMP_SYS(clock_getres),
        SCMP_SYS(gettimeofday),
        SCMP_SYS(time),
        SCMP_SYS(getrandom),
        SCMP_SYS(sched_yield),
        SCMP_SYS(getrusage),
        SCMP_SYS(restart_syscall),
        SCMP_SYS(sigaltstack),
        SCMP_SYS(getpid),
        SCMP_SYS(gettid),
        SCMP_SYS(close),
    };
    for (const int call : plain) {
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) != 0)
            return false;
    }
    // Memory can be written or executed, never both at once; and without a descriptor nothing but
    // the process's own can be mapped.
    for (const scmp_datum_t missing : {PROT_EXEC, PROT_WRITE}) {
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                             SCMP_A2(SCMP_CMP_MASKED_EQ, missing, 0)) != 0 ||
            seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
                             SCMP_A2(SCMP_CMP_MASKED_EQ, missing, 0),
                             SCMP_A4(SCMP_CMP_MASKED_EQ, 0xffffffff, 0xffffffff)) != 0)
            return false;
    }
    for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO}) {
        for (const int call : {SCMP_SYS(write), SCMP_SYS(writev)}) {
            if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1,
                                 SCMP_A0(SCMP_CMP_EQ, scmp_datum_t(descriptor))) != 0)
                return false;
        }
    }
    if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(read), 1,
                         SCMP_A0(SCMP_CMP_EQ, STDIN_FILENO)) != 0)
        return false;
    // abort() signals its own process, nobody else's.
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                            SCMP_A0(SCMP_CMP_EQ, scmp_datum_t(getpid()))) == 0;
}

/// Calls that only a broken-out script would make: no answer, the process ends.
bool forbidEscape(scmp_filter_ctx filter)
{
    const int calls[] = {
        SCMP_SYS(socket),         SCMP_SYS(socketpair),
        SCMP_SYS(connect),        SCMP_SYS(bind),
        SCMP_SYS(execve),         SCMP_SYS(execveat),
        SCMP_SYS(fork),           SCMP_SYS(vfork),
        SCMP_SYS(clone),          SCMP_SYS(clone3),
        SCMP_SYS(ptrace),         SCMP_SYS(process_vm_readv),
        SCMP_SYS(kill),           SCMP_SYS(tkill),
        SCMP_SYS(io_uring_setup), SCMP_SYS(process_vm_writev),
    };
    for (const int call : calls) {
        if (seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, call, 0) != 0)
            return false;
    }
    return true;
}

} // namespace

bool applyLimits(const Limits &limits)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || isAlone())
        return false;
        // A sanitizer's shadow memory is far beyond any useful limit.
#ifndef __SANITIZE_ADDRESS__
    const rlim_t data = rlim_t(limits.dataMiB) << 20;
    if (!limit(RLIMIT_DATA, data, data))
        return false;
#endif
    // The interrupt comes at cpuSeconds; these end a process that does not react to it.
    return limit(RLIMIT_CPU, limits.cpuSeconds + 2, limits.cpuSeconds + 3) &&
           limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_NOFILE, 8, 8);
}

bool enterSandbox()
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0)
        return false;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter)
        return false;
    const bool loaded = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
                        allowComputation(filter) && forbidEscape(filter) &&
                        seccomp_load(filter) == 0;
    seccomp_release(filter);
    return loaded;
}

} // namespace evaluator
