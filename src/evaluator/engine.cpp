// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluator/engine.h"

#include "evaluator/callsites.h"
#include "evaluator/sandbox.h"
#include "evaluator/scripts.h"

// The engine's headers are not clean under our warnings and are not ours to change.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
#include <js/CompilationAndEvaluation.h>
#include <js/ContextOptions.h>
#include <js/Conversions.h>
#include <js/ErrorReport.h>
#include <js/Exception.h>
#include <js/HelperThreadAPI.h>
#include <js/Initialization.h>
#include <js/Interrupt.h>
#include <js/MemoryCallbacks.h>
#include <js/SourceText.h>
#include <js/Stack.h>
#include <jsapi.h>
#include <jsfriendapi.h>
#pragma GCC diagnostic pop

#include <csignal>
#include <cstring>
#include <sys/time.h>

namespace evaluator
{

namespace
{

/// What the engine's callbacks share with evaluate(). One per process: signal handlers know no
/// other place.
struct State {
    const Work *work = nullptr;
    Lines *lines = nullptr; ///< of the request
    JSContext *context = nullptr;
    volatile std::sig_atomic_t expired = 0;
    bool outOfMemory = false;
    uint32_t bytesBefore = 0; ///< of the engine's heap, after the last collection
    int futileCollections = 0;
    std::string stack; ///< where the script was when it was stopped
};
State state;

std::string toStdString(JSContext *context, JS::HandleString string)
{
    const JS::UniqueChars chars = JS_EncodeStringToUTF8(context, string);
    return chars ? std::string(chars.get()) : std::string();
}

std::string failure(const char *kind, const std::string &message)
{
    return std::string("{\"failure\":\"") + kind + "\",\"message\":" + jsonString(message) +
           ",\"stack\":" + jsonString(state.stack) + "}\n";
}

extern "C" void onTimer(int)
{
    state.expired = 1;
    JS_RequestInterruptCallback(state.context);
}

/// Stops the script when its time is over or its memory used up, and notes where it was.
bool onInterrupt(JSContext *context)
{
    if (!state.expired && !state.outOfMemory)
        return true;
    JS_DisableInterruptCallback(context);
    JS::RootedObject stack(context);
    JS::RootedString text(context);
    if (JS::CaptureCurrentStack(context, &stack, JS::StackCapture(JS::MaxFrames(32))) &&
        JS::BuildStackString(context, nullptr, stack, &text))
        state.stack = toStdString(context, text);
    return false;
}

void onOutOfMemory(JSContext *context, void *)
{
    if (state.outOfMemory)
        return;
    state.outOfMemory = true;
    JS::AutoFilename file;
    unsigned line = 0, column = 0;
    if (JS::DescribeScriptedCaller(context, &file, &line, &column) && file.get())
        state.stack = "@" + std::string(file.get()) + ":" + std::to_string(line) + ":" +
                      std::to_string(column);
}

/// Close to its limit the engine collects garbage for every few kilobytes, for a very long time
/// before it gives up: four collections in a row that free nothing are enough.
void onCollected(JSContext *context, JSGCStatus status, JS::GCReason, void *)
{
    if (status != JSGC_END)
        return;
    const uint32_t most = JS_GetGCParameter(context, JSGC_MAX_BYTES);
    const uint32_t now = JS_GetGCParameter(context, JSGC_BYTES);
    const bool futile =
        now > most / 2 && now >= state.bytesBefore && now - state.bytesBefore < most / 256;
    state.futileCollections = futile ? state.futileCollections + 1 : 0;
    state.bytesBefore = now;
    if (state.futileCollections >= 4) {
        state.outOfMemory = true;
        JS_RequestInterruptCallback(context);
    }
}

void startTimer(unsigned seconds)
{
    struct sigaction action {
    };
    action.sa_handler = onTimer;
    action.sa_flags = SA_RESTART;
    sigaction(SIGPROF, &action, nullptr);
    const itimerval once{{0, 0}, {time_t(seconds), 0}};
    setitimer(ITIMER_PROF, &once, nullptr);
}

/// compile(path, source) → function (exports, require, module, __filename, __dirname): the one
/// native function. The wrapper shares the first line with the source, so line numbers are the
/// source's own.
bool compile(JSContext *context, unsigned count, JS::Value *values)
{
    const JS::CallArgs args = JS::CallArgsFromVp(count, values);
    if (args.length() < 2 || !args[0].isString() || !args[1].isString()) {
        JS_ReportErrorASCII(context, "compile: a path and a source are expected");
        return false;
    }
    JS::RootedString pathString(context, args[0].toString());
    const JS::UniqueChars path = JS_EncodeStringToUTF8(context, pathString);
    if (!path)
        return false;
    JSLinearString *code = JS_EnsureLinearString(context, args[1].toString());
    if (!code)
        return false;
    // As UTF-8 it is parsed in seven eighths of the time.
    std::string source = "(function (exports, require, module, __filename, __dirname) {\n";
    const std::size_t from = source.size();
    source.resize(from + JS::GetDeflatedUTF8StringLength(code));
    JS::DeflateStringToUTF8Buffer(code, mozilla::Span(source.data() + from, source.size() - from));
    if (std::strncmp(path.get(), "sluice:", 7) != 0)
        knowModule(path.get(), source.substr(from));
    source += "\n})";
    JS::SourceText<mozilla::Utf8Unit> text;
    if (!text.init(context, source.data(), source.size(), JS::SourceOwnership::Borrowed))
        return false;
    JS::CompileOptions options(context);
    options.setFileAndLine(path.get(), 0);
    // Nearly all of a schema's functions run, and parsing them twice takes longer; of an
    // application's code that is imported along with it, few do.
    constexpr std::size_t schemaAtMost = std::size_t(256) << 10;
    if (source.size() < schemaAtMost)
        options.setForceFullParse();
    return JS::Evaluate(context, options, text, args.rval());
}

/// ownPart(name) → a part that Sluice brings along as compile() would answer, or undefined.
bool ownPart(JSContext *context, unsigned count, JS::Value *values)
{
    const JS::CallArgs args = JS::CallArgsFromVp(count, values);
    if (args.length() < 1 || !args[0].isString()) {
        JS_ReportErrorASCII(context, "ownPart: a name is expected");
        return false;
    }
    JS::RootedString nameString(context, args[0].toString());
    const std::string name = toStdString(context, nameString);
    const auto found = state.work->parts.find(name);
    args.rval().setUndefined();
    return found == state.work->parts.end() ||
           evaluateOwn(context, name, found->second, Form::Module, args.rval());
}

/// Optimised code takes longer to make than a small schema takes to run; how large it is shows as
/// it comes.
void tuneFor(JSContext *context, std::size_t requestBytes)
{
    constexpr std::size_t small = std::size_t(512) << 10;
    constexpr uint32_t callsBefore = 10'000;
    static const uint32_t usual = [context] {
        uint32_t calls = 0;
        JS_GetGlobalJitCompilerOption(context, JSJITCOMPILER_ION_NORMAL_WARMUP_TRIGGER, &calls);
        return calls;
    }();
    JS_SetGlobalJitCompilerOption(context, JSJITCOMPILER_ION_NORMAL_WARMUP_TRIGGER,
                                  requestBytes < small ? callsBefore : usual);
}

/// moreOfRequest() → the next line behind the request, waited for; null when that was the last one.
bool moreOfRequest(JSContext *context, unsigned count, JS::Value *values)
{
    const JS::CallArgs args = JS::CallArgsFromVp(count, values);
    args.rval().setNull();
    const std::optional<std::string> line = state.lines->next();
    if (!line) {
        JS_ReportErrorASCII(context, "the request cannot be read");
        return false;
    }
    if (line->empty())
        return true;
    tuneFor(context, state.lines->bytes());
    JS::RootedString text(
        context, JS_NewStringCopyUTF8N(context, JS::UTF8Chars(line->data(), line->size())));
    if (!text)
        return false;
    args.rval().setString(text);
    return true;
}

/// What the pending exception says, and from where.
std::string describeException(JSContext *context)
{
    if (state.outOfMemory)
        return failure("memory", "out of memory");
    if (!JS_IsExceptionPending(context))
        return state.expired ? failure("time", "the time is over")
                             : failure("internal", "the script stopped without a reason");
    JS::ExceptionStack exception(context);
    JS::ErrorReportBuilder report(context);
    if (!JS::StealPendingExceptionStack(context, &exception) ||
        !report.init(context, exception, JS::ErrorReportBuilder::NoSideEffects))
        return failure("internal", "the exception cannot be read");
    const JSErrorReport *details = report.report();
    if (details && details->filename)
        state.stack = "@" + std::string(details->filename) + ":" + std::to_string(details->lineno) +
                      ":" + std::to_string(details->column);
    return failure("internal", report.toStringResult().c_str());
}

bool setUp(JSContext *context, const Limits &limits)
{
    JS_SetGCParameter(context, JSGC_MAX_BYTES, uint32_t(limits.heapMiB << 20));
    // What a schema makes stays until the end: an early collection looks at all and frees nothing.
    constexpr uint32_t firstCollectionMiB = 128;
    JS_SetGCParameter(context, JSGC_ALLOCATION_THRESHOLD, firstCollectionMiB);
    // Compiled code halves the time of a large schema, optimised code takes another fifth off it.
    JS_SetGlobalJitCompilerOption(context, JSJITCOMPILER_OFFTHREAD_COMPILATION_ENABLE, 0);
    JS::ContextOptionsRef(context).setWasm(false);
    // Half of the thread's stack, so that endless recursion is an exception and not a crash.
    JS_SetNativeStackQuota(context, std::size_t(4) << 20);
    JS::SetOutOfMemoryCallback(context, onOutOfMemory, nullptr);
    JS_SetGCCallback(context, onCollected, nullptr);
    JS_AddInterruptCallback(context, onInterrupt);
    return js::UseInternalJobQueues(context);
}

/// Evaluates the prelude to its function, closes the sandbox, calls the function with the request.
std::string run(JSContext *context, int descriptor)
{
    Lines lines(descriptor);
    state.lines = &lines;
    JS::RootedValue function(context);
    if (!evaluateOwn(context, "prelude", state.work->prelude, Form::Script, &function))
        return describeException(context);

    if (!enterSandbox())
        return failure("internal", "the kernel refused the sandbox");

    const std::optional<std::string> text = lines.next();
    if (!text)
        return failure("internal", "the request cannot be read");
    tuneFor(context, lines.bytes());
    JS::RootedString request(
        context, JS_NewStringCopyUTF8N(context, JS::UTF8Chars(text->data(), text->size())));
    if (!request)
        return describeException(context);
    JS::RootedValueVector arguments(context);
    JS::RootedValue answer(context);
    if (!arguments.append(JS::StringValue(request)) ||
        !JS::Call(context, JS::UndefinedHandleValue, function, arguments, &answer) ||
        state.outOfMemory)
        return describeException(context);
    if (!answer.isString())
        return failure("internal", "the prelude's answer is no text");
    JS::RootedString answered(context, answer.toString());
    return toStdString(context, answered);
}

} // namespace

namespace
{

/// The engine, started, with a realm and its global object; ended with the process.
struct Engine {
    JSContext *context = nullptr;
    std::optional<JS::RootedObject> global;
    std::optional<JSAutoRealm> realm;
};

/// Starts the engine with a built-in language that \a makeLanguage makes. False when there is not
/// enough memory for it.
template <typename Make> bool start(Engine &engine, const Limits &limits, const Make &makeLanguage)
{
    // Without threads of its own the sandbox has none to follow: work for helpers is done by the
    // thread that waits for it.
    if (!JS_Init())
        return false;
    useBytecode();
    JS::SetHelperThreadTaskCallback([](JS::DispatchReason) {}, 1, std::size_t(1) << 20);
    engine.context = JS_NewContext(uint32_t(limits.heapMiB << 20));
    state.context = engine.context;
    if (!engine.context || !setUp(engine.context, limits) || !makeLanguage(engine.context))
        return false;
    static const JSClass globalClass = {
        "global", JSCLASS_GLOBAL_FLAGS, &JS::DefaultGlobalClassOps, nullptr, nullptr, nullptr};
    engine.global.emplace(engine.context,
                          JS_NewGlobalObject(engine.context, &globalClass, nullptr,
                                             JS::FireOnNewGlobalHook, JS::RealmOptions()));
    if (!*engine.global)
        return false;
    engine.realm.emplace(engine.context, *engine.global);
    return JS::InitRealmStandardClasses(engine.context);
}

} // namespace

std::string evaluate(const Work &work, int descriptor)
{
    state.work = &work;
    Engine engine;
    if (!start(engine, work.limits,
               [&](JSContext *context) { return makeBuiltIns(context, work.builtIns); }))
        return failure("internal", "the engine does not start");
    startTimer(work.limits.cpuSeconds); // of processor time: waiting for the request takes none
    if (!JS_DefineFunction(engine.context, *engine.global, "compile", compile, 2, 0) ||
        !JS_DefineFunction(engine.context, *engine.global, "trace", trace, 0, 0) ||
        !JS_DefineFunction(engine.context, *engine.global, "located", located, 2, 0) ||
        !JS_DefineFunction(engine.context, *engine.global, "calledFrom", calledFrom, 1, 0) ||
        !JS_DefineFunction(engine.context, *engine.global, "startOf", startOf, 1, 0) ||
        !JS_DefineFunction(engine.context, *engine.global, "fileNumbered", fileNumbered, 1, 0) ||
        !JS_DefineFunction(engine.context, *engine.global, "ownPart", ownPart, 1, 0) ||
        !JS_DefineFunction(engine.context, *engine.global, "moreOfRequest", moreOfRequest, 0, 0))
        return describeException(engine.context);
    return run(engine.context, descriptor);
}

std::string bytecode(const std::string &name, std::string_view source, Form form)
{
    Engine engine;
    const auto make = [](JSContext *context) { return makeBuiltIns(context, {}); };
    return start(engine, Limits(), make) ? bytecodeOf(engine.context, name, source, form)
                                         : std::string();
}

bool writeBuiltIns(const std::string &file)
{
    Engine engine;
    return start(engine, Limits(), [&](JSContext *context) { return keepBuiltIns(context, file); });
}

} // namespace evaluator
