// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluator/callsites.h"

// The engine's headers are not clean under our warnings and are not ours to change.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
#include <js/CallArgs.h>
#include <js/Object.h>
#include <js/PropertyAndElement.h>
#include <js/Stack.h>
#include <jsapi.h>
#include <jsfriendapi.h>
#pragma GCC diagnostic pop

#include <cstring>
#include <utility>

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

/// {file, line}; null without memory for it.
JSObject *placeOf(JSContext *context, const char *fileName, unsigned line)
{
    JS::RootedObject place(context, JS_NewPlainObject(context));
    JS::RootedString file(
        context, JS_NewStringCopyUTF8N(context, JS::UTF8Chars(fileName, std::strlen(fileName))));
    const bool good = place && file &&
                      JS_DefineProperty(context, place, "file", file, JSPROP_ENUMERATE) &&
                      JS_DefineProperty(context, place, "line", line, JSPROP_ENUMERATE);
    return good ? place.get() : nullptr;
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

bool calledFrom(JSContext *context, unsigned count, JS::Value *values)
{
    const JS::CallArgs args = JS::CallArgsFromVp(count, values);
    args.rval().setUndefined();
    if (!current.file || !args.get(0).isInt32() || args.get(0).toInt32() != current.kind)
        return true;
    const char *file = std::exchange(current.file, nullptr);
    JS::RootedObject place(context, placeOf(context, file, current.line));
    if (!place ||
        !JS_DefineProperty(context, place, "column", current.column + 1, JSPROP_ENUMERATE))
        return false;
    args.rval().setObject(*place);
    return true;
}

bool startOf(JSContext *context, unsigned count, JS::Value *values)
{
    const JS::CallArgs args = JS::CallArgsFromVp(count, values);
    args.rval().setNull();
    if (!args.get(0).isObject() || !JS_ObjectIsFunction(&args.get(0).toObject()))
        return true;
    JS::RootedFunction function(context, JS_GetObjectFunction(&args.get(0).toObject()));
    JS::RootedScript script(context, JS_GetFunctionScript(context, function));
    if (!script || !JS_GetScriptFilename(script))
        return !JS_IsExceptionPending(context);
    JSObject *place =
        placeOf(context, JS_GetScriptFilename(script), JS_GetScriptBaseLineNumber(context, script));
    args.rval().setObjectOrNull(place);
    return place != nullptr;
}

} // namespace evaluator
