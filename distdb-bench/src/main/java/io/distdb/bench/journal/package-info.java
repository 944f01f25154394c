// SPDX-License-Identifier: MIT
/**
 * The journal and solo consensus beside bare loops and RocksDB. Nothing here is part of the
 * product.
 */
package io.distdb.bench.journal;
