// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluator/callsites.h"

#include "evaluator/codelines.h"

// The engine's headers are not clean under our warnings and are not ours to change.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
#include <js/CallArgs.h>
#include <js/Object.h>
#include <js/Stack.h>
#include <jsapi.h>
#include <jsfriendapi.h>
#pragma GCC diagnostic pop

#include <cmath>
#include <unordered_map>
#include <utility>
#include <vector>

namespace evaluator
{

namespace
{

struct Call {
    const char *file = nullptr; ///< alive while the call lasts
    unsigned line = 0, column = 0;
    int32_t kind = 0;
};

/// The innermost located call. Natives have no other place for what belongs to their thread.
Call current;

struct Module {
    unsigned number = 0;
    CodeLines lines;
};
std::unordered_map<std::string, Module> modules;
std::vector<const std::string *> names; ///< of modules, by their numbers

constexpr double lines = 1 << 20, columns = 1 << 16;

/// A place in \a module as one number, which costs no memory of the engine's; nothing when it is
/// too large for that.
JS::Value packed(const Module &module, unsigned line, unsigned column)
{
    if (line >= lines || column >= columns)
        return JS::UndefinedValue();
    return JS::DoubleValue((module.number * lines + line) * columns + column);
}

/// The line of a packed() place when it is in \a module, else 0.
unsigned lineIn(const Module &module, JS::HandleValue place)
{
    if (!place.isNumber())
        return 0;
    const double line = std::floor(place.toNumber() / columns) - module.number * lines;
    return line > 0 && line < lines ? unsigned(line) : 0;
}

bool callLocated(JSContext *context, unsigned count, JS::Value *values)
{
    const JS::CallArgs args = JS::CallArgsFromVp(count, values);
    JS::RootedValue function(context, js::GetFunctionNativeReserved(&args.callee(), 0));
    JS::AutoFilename file;
    Call call;
    if (JS::DescribeScriptedCaller(context, &file, &call.line, &call.column))
        call.file = file.get();
    call.kind = js::GetFunctionNativeReserved(&args.callee(), 1).toInt32();
    const Call outer = std::exchange(current, call);
    const bool done =
        JS::Call(context, args.thisv(), function, JS::HandleValueArray(args), args.rval());
    current = outer;
    return done;
}

} // namespace

bool trace(JSContext *context, unsigned count, JS::Value *values)
{
    const JS::CallArgs args = JS::CallArgsFromVp(count, values);
    JS::RootedObject stack(context);
    if (!JS::CaptureCurrentStack(context, &stack, JS::StackCapture(JS::MaxFrames(16))))
        return false;
    args.rval().setObjectOrNull(stack);
    return true;
}

bool located(JSContext *context, unsigned count, JS::Value *values)
{
    const JS::CallArgs args = JS::CallArgsFromVp(count, values);
    JSFunction *function = js::NewFunctionWithReserved(context, callLocated, 0, 0, "located");
    if (!function)
        return false;
    JSObject *object = JS_GetFunctionObject(function);
    js::SetFunctionNativeReserved(object, 0, args.get(0));
    js::SetFunctionNativeReserved(object, 1, JS::Int32Value(args.get(1).toInt32()));
    args.rval().setObject(*object);
    return true;
}

bool calledFrom(JSContext *, unsigned count, JS::Value *values)
{
    const JS::CallArgs args = JS::CallArgsFromVp(count, values);
    args.rval().setUndefined();
    if (!current.file || !args.get(0).isInt32() || args.get(0).toInt32() != current.kind)
        return true;
    const auto found = modules.find(std::exchange(current.file, nullptr));
    if (found == modules.end())
        return true;
    Module &module = found->second;
    const unsigned line = current.line, column = current.column + 1;
    if (module.lines.isDirect(line, column) ||
        module.lines.isOfFunction(line, column, lineIn(module, args.get(1))))
        args.rval().set(packed(module, line, column));
    return true;
}

bool startOf(JSContext *context, unsigned count, JS::Value *values)
{
    const JS::CallArgs args = JS::CallArgsFromVp(count, values);
    args.rval().setUndefined();
    if (!args.get(0).isObject() || !JS_ObjectIsFunction(&args.get(0).toObject()))
        return true;
    JS::RootedFunction function(context, JS_GetObjectFunction(&args.get(0).toObject()));
    JS::RootedScript script(context, JS_GetFunctionScript(context, function));
    if (!script || !JS_GetScriptFilename(script))
        return !JS_IsExceptionPending(context);
    const auto found = modules.find(JS_GetScriptFilename(script));
    if (found != modules.end())
        args.rval().set(packed(found->second, JS_GetScriptBaseLineNumber(context, script), 0));
    return true;
}

bool fileNumbered(JSContext *context, unsigned count, JS::Value *values)
{
    const JS::CallArgs args = JS::CallArgsFromVp(count, values);
    const std::string &name = *names.at(std::size_t(args.get(0).toNumber()));
    JSString *text = JS_NewStringCopyUTF8N(context, JS::UTF8Chars(name.data(), name.size()));
    if (text)
        args.rval().setString(text);
    return text != nullptr;
}

void knowModule(const std::string &name, std::string source)
{
    if (modules.contains(name))
        return;
    const auto known =
        modules.emplace(name, Module{unsigned(names.size()), CodeLines(std::move(source))}).first;
    names.push_back(&known->first);
}

} // namespace evaluator
