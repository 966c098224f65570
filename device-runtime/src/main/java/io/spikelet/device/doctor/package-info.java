/** What a board has and what is missing, each in a sentence, with what to do about it ({@code spikelet-device doctor}). */
package io.spikelet.device.doctor;
