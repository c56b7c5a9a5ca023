// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluator/scripts.h"

// The engine's headers are not clean under our warnings and are not ours to change.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
#include <js/BuildId.h>
#include <js/CompilationAndEvaluation.h>
#include <js/Initialization.h>
#include <js/SourceText.h>
#include <js/Transcoding.h>
#include <js/experimental/JSStencil.h>
#include <jsapi.h>
#pragma GCC diagnostic pop

#include <cstring>
#include <fstream>

namespace evaluator
{

namespace
{

/// The engine refuses bytecode of another version of itself by this.
bool buildId(JS::BuildIdCharVector *id)
{
    const char *version = JS_GetImplementationVersion();
    return id->append(version, std::strlen(version));
}

std::string wrapped(std::string_view source, Form form)
{
    const std::string text(source);
    return form == Form::Script
               ? text
               : "(function (exports, require, module, __filename, __dirname) {\n" + text + "\n})";
}

RefPtr<JS::Stencil> compiled(JSContext *context, const JS::CompileOptions &options,
                             std::string_view source)
{
    JS::SourceText<mozilla::Utf8Unit> text;
    if (!text.init(context, source.data(), source.size(), JS::SourceOwnership::Borrowed))
        return nullptr;
    return JS::CompileGlobalScriptToStencil(context, options, text);
}

/// Null when \a bytecode is not of this engine.
RefPtr<JS::Stencil> decoded(JSContext *context, const JS::CompileOptions &options,
                            std::string_view bytecode)
{
    const auto *bytes = reinterpret_cast<const uint8_t *>(bytecode.data());
    if (bytecode.empty() || !JS::IsTranscodingBytecodeAligned(bytes))
        return nullptr;
    JS::DecodeOptions decoding(options);
    decoding.borrowBuffer = true; // it lives as long as the process
    JS::Stencil *stencil = nullptr;
    const JS::TranscodeRange range(bytes, bytecode.size());
    if (JS::DecodeStencil(context, decoding, range, &stencil) == JS::TranscodeResult::Ok)
        return RefPtr<JS::Stencil>(already_AddRefed<JS::Stencil>(stencil));
    JS_ClearPendingException(context);
    return nullptr;
}

} // namespace

void useBytecode()
{
    JS::SetProcessBuildIdOp(buildId);
}

bool makeBuiltIns(JSContext *context, std::string_view kept)
{
    const auto *bytes = reinterpret_cast<const uint8_t *>(kept.data());
    return JS::InitSelfHostedCode(context, JS::SelfHostedCache(bytes, kept.size()));
}

bool keepBuiltIns(JSContext *context, const std::string &file)
{
    static std::string target; // the engine hands its writer nothing of ours
    target = file;
    return JS::InitSelfHostedCode(context, {}, [](JSContext *, JS::SelfHostedCache made) {
        std::ofstream out(target, std::ios::binary);
        out.write(reinterpret_cast<const char *>(made.data()), std::streamsize(made.size()));
        return out.flush().good();
    });
}

bool evaluateOwn(JSContext *context, const std::string &name, const Script &script, Form form,
                 JS::MutableHandle<JS::Value> value)
{
    const std::string file = "sluice:" + name;
    JS::CompileOptions options(context);
    options.setFileAndLine(file.c_str(), form == Form::Script ? 1 : 0);
    RefPtr<JS::Stencil> stencil = decoded(context, options, script.bytecode);
    if (!stencil)
        stencil = compiled(context, options, wrapped(script.source, form));
    if (!stencil)
        return false;
    JS::RootedScript instance(
        context, JS::InstantiateGlobalStencil(context, JS::InstantiateOptions(options), stencil));
    return instance && JS_ExecuteScript(context, instance, value);
}

std::string bytecodeOf(JSContext *context, const std::string &name, std::string_view source,
                       Form form)
{
    const std::string file = "sluice:" + name;
    JS::CompileOptions options(context);
    options.setFileAndLine(file.c_str(), form == Form::Script ? 1 : 0);
    JS::TranscodeBuffer buffer;
    const RefPtr<JS::Stencil> stencil = compiled(context, options, wrapped(source, form));
    if (!stencil || JS::EncodeStencil(context, stencil, buffer) != JS::TranscodeResult::Ok)
        return {};
    return std::string(reinterpret_cast<const char *>(buffer.begin()), buffer.length());
}

} // namespace evaluator
