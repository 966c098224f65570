package io.spikelet.model;

import io.spikelet.model.wire.Drive;
import java.util.ArrayList;
import java.util.List;

/** Drives as messages. */
final class DriveWire {
    private DriveWire() {}

    static List<Drive> write(List<Operation.Drive> drives) {
        List<Drive> messages = new ArrayList<>(drives.size());
        for (Operation.Drive drive : drives) {
            Drive.Builder message = Drive.newBuilder().setSteps(drive.steps()).setBiasAtStart(drive.biasAtStart());
            WireValues.each(drive.gain(), message::addGain);
            WireValues.each(drive.bias(), message::addBias);
            messages.add(message.build());
        }
        return messages;
    }

    static List<Operation.Drive> read(List<Drive> messages) {
        List<Operation.Drive> drives = new ArrayList<>(messages.size());
        for (Drive message : messages) {
            drives.add(new Operation.Drive(
                    message.getSteps(),
                    WireValues.ints(message.getGainList()),
                    WireValues.ints(message.getBiasList()),
                    message.getBiasAtStart()));
        }
        return drives;
    }
}
