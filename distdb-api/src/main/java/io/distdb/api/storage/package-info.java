// SPDX-License-Identifier: MIT
/** The StorageEngine port: stores of versioned indexes with atomic batches. */
package io.distdb.api.storage;
