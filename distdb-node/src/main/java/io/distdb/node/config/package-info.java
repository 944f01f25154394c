// SPDX-License-Identifier: MIT
/** What a database can be told: one record, checked as a whole. Reads no file and opens nothing. */
package io.distdb.node.config;
