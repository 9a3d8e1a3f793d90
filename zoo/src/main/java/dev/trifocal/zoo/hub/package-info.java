/**
 * Files of a model hub: by repository, revision and name, fetched once, checked, and kept in a
 * cache. The hub is Hugging Face's or answers as it does.
 */
package dev.trifocal.zoo.hub;
