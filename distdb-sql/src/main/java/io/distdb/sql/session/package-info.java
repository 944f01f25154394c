// SPDX-License-Identifier: MIT
/**
 * What a client holds: a {@link io.distdb.sql.session.Database} over a transaction manager, its
 * sessions, prepared statements and results; transaction state, settings, the plan cache. Nothing
 * here knows how a plan is made or run.
 */
package io.distdb.sql.session;
