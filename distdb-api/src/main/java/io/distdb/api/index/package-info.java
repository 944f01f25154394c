// SPDX-License-Identifier: MIT
/** The Index port: versioned byte keys to byte values, ordered or hashed. */
package io.distdb.api.index;
