/**
 * Files of a model hub, addressed by repository, revision and name, downloaded once, verified and
 * cached. The hub is Hugging Face's or a server compatible with it.
 */
package dev.trifocal.zoo.hub;
