// SPDX-License-Identifier: MIT
/** What can go wrong, as data: one code, one SQLSTATE, one answer to "may I retry?". */
package io.distdb.api.error;
