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
};

/// The innermost located call. Natives have no other place for what belongs to their thread.
Call current;

bool callLocated(JSContext *context, unsigned count, JS::Value *values)
{
    const JS::CallArgs args = JS::CallArgsFromVp(count, values);
    JS::RootedValue function(context, js::GetFunctionNativeReserved(&args.callee(), 0));
    JS::AutoFilename file;
    Call call;
    if (JS::DescribeScriptedCaller(context, &file, &call.line, &call.column))
        call.file = file.get();
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
    args.rval().setObject(*object);
    return true;
}

bool calledFrom(JSContext *context, unsigned count, JS::Value *values)
{
    const JS::CallArgs args = JS::CallArgsFromVp(count, values);
    args.rval().setUndefined();
    if (!current.file)
        return true;
    JS::RootedObject place(context, JS_NewPlainObject(context));
    JS::RootedString file(
        context,
        JS_NewStringCopyUTF8N(context, JS::UTF8Chars(current.file, std::strlen(current.file))));
    if (!place || !file || !JS_DefineProperty(context, place, "file", file, JSPROP_ENUMERATE) ||
        !JS_DefineProperty(context, place, "line", current.line, JSPROP_ENUMERATE) ||
        !JS_DefineProperty(context, place, "column", current.column + 1, JSPROP_ENUMERATE))
        return false;
    args.rval().setObject(*place);
    return true;
}

} // namespace evaluator
