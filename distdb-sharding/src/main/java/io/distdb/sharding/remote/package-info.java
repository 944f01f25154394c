// SPDX-License-Identifier: MIT
/**
 * What a transaction on one node says to the node that leads the shard, and what that answers.
 * Bytes: docs/formats/transaction-calls.md. Holds no state and sends nothing.
 */
package io.distdb.sharding.remote;
