// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/address.h"
#include "pg/diagnosis.h"
#include "pg/settings.h"

namespace session
{

// What a person says about a server, and what came of trying it: the values of `pg`, for the faces.
using ServerAddress = pg::Settings;
using pg::Diagnosis;
using pg::Parts;
using pg::Step;
using pg::StepResult;
using pg::Target;

using pg::diagnose;
using pg::partsOf;
using pg::target;
using pg::urlOf;

} // namespace session
