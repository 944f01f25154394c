// SPDX-License-Identifier: MIT
/** What a backup costs those who write meanwhile. */
package io.distdb.bench.backup;
