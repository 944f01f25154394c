// SPDX-License-Identifier: MIT
/** A transaction manager in memory, for tests of this module alone. */
package io.distdb.sql.fake;
