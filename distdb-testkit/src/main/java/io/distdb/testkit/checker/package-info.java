// SPDX-License-Identifier: MIT
/**
 * Judges of recorded histories: what was asked, what was answered, when. They know nothing of SQL
 * or of what made the history. A checker never excuses what it cannot decide, and an operation
 * whose outcome is unknown may have happened, at any later time, for ever.
 */
package io.distdb.testkit.checker;
