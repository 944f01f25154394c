// SPDX-License-Identifier: MIT
/** Tables whose rows are made while a statement runs, of what the process knows of itself. */
package io.distdb.sql.live;
