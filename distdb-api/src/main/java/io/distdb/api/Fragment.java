// SPDX-License-Identifier: MIT
package io.distdb.api;

/**
 * The part of a plan that runs where the data is: scan, filter, project, partial aggregate, limit.
 * A marker: its records, codec and executor belong to {@code distdb-sql}; transports carry its
 * bytes.
 */
public interface Fragment {}
