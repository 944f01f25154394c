// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.plan.PhysicalPlan;

/** A plan, and whether its rows come in the order that was asked for. */
record Planned(PhysicalPlan plan, boolean ordered) {}
