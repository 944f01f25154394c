// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.txn.Transaction;
import io.distdb.api.type.Value;

/**
 * One run of a plan.
 *
 * @param parameters of exactly the types that the plan's parameters have, or NULL; an integer may
 *     stand for a wider number
 * @param kept the session's
 */
public record Execution(
    Transaction transaction,
    Value[] parameters,
    Cancellation cancellation,
    RowIds rowIds,
    KeptRuns kept) {}
