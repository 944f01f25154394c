// SPDX-License-Identifier: MIT
/** SQL types and values as every layer above storage speaks them. */
package io.distdb.api.type;
