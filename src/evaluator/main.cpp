// SPDX-License-Identifier: GPL-3.0-or-later
// The sandboxed process that evaluates a project's TypeScript. Sluice starts it; nobody does by
// hand.
#include "evaluator/engine.h"
#include "evaluator/message.h"
#include "evaluator/sandbox.h"

#include <cstdio>
#include <cstring>
#include <fstream>
#include <unistd.h>

/// `--bytecode script|module <name> <source file> <bytecode file>`, while Sluice is built; so is
/// `--builtins <file>`.
static int writeBytecode(char **arguments)
{
    const auto form = std::strcmp(arguments[2], "script") == 0 ? evaluator::Form::Script
                                                               : evaluator::Form::Module;
    const std::string made =
        evaluator::bytecode(arguments[3], evaluator::mapFile(arguments[4]), form);
    std::ofstream file(arguments[5], std::ios::binary);
    file << made;
    file.close();
    return !made.empty() && file.good() ? 0 : 1;
}

int main(int count, char **arguments)
{
    if (count == 6 && std::strcmp(arguments[1], "--bytecode") == 0)
        return writeBytecode(arguments);
    if (count == 3 && std::strcmp(arguments[1], "--builtins") == 0)
        return evaluator::writeBuiltIns(arguments[2]) ? 0 : 1;
    if (isatty(STDIN_FILENO)) {
        std::fputs("sluice-evaluator is started by Sluice and reads its work from standard input\n",
                   stderr);
        return 2;
    }
    const auto work = evaluator::readWork(count, arguments);
    if (!work) {
        std::fputs("sluice-evaluator: the command line is malformed\n", stderr);
        return 2;
    }
    if (!evaluator::applyLimits(work->limits)) {
        std::fputs("sluice-evaluator: the kernel refused the limits\n", stderr);
        return 3;
    }
    const std::string answer = evaluator::evaluate(*work, STDIN_FILENO);
    const bool written = evaluator::writeAll(STDOUT_FILENO, answer);
    // The engine is not torn down: the process ends, and what it held with it.
    _exit(written ? 0 : 1);
}
