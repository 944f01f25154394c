// SPDX-License-Identifier: MIT
/** The TransactionManager port: what SQL runs on, whether the data is here or across a cluster. */
package io.distdb.api.txn;
