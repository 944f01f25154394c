// SPDX-License-Identifier: MIT
/**
 * Settings: which there are, what each may be, and the values that a session has. Immutable values,
 * no sessions here; {@code session.SessionSettings} keeps the present ones.
 */
package io.distdb.sql.setting;
