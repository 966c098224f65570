package io.spikelet.host.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.ModelFile;
import io.spikelet.host.onnx.wire.GraphProto;
import io.spikelet.host.onnx.wire.ModelProto;
import io.spikelet.host.onnx.wire.OperatorSetIdProto;
import java.io.IOException;

/** Parses a file's bytes: the messages, within bounds, and the version of the operators. */
final class OnnxFile {
    private static final int OLDEST_OPSET = 7;
    private static final int NEWEST_OPSET = 21;

    /** Messages nest three deep where we read; a file's own subgraphs are passed over, not parsed. */
    private static final int MAX_NESTING = 16;

    private OnnxFile() {}

    /** @throws ImportException when the bytes are no ONNX file, or one of another version of the operators */
    static GraphProto parse(ModelFile file) throws ImportException {
        String name = file.name();
        ModelProto model;
        try {
            MessageCount.require(file);
            CodedInputStream in = CodedInputStream.newInstance(file.bytes());
            in.setRecursionLimit(MAX_NESTING);
            model = ModelProto.parseFrom(in);
            in.checkLastTagWas(0);
        } catch (InvalidProtocolBufferException damaged) {
            throw new ImportException(
                    name + ": is not an ONNX file, or is damaged (" + damaged.getMessage() + "); export it again",
                    damaged);
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory cannot fail to be read", impossible);
        }
        if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
            throw new ImportException(name + ": holds no ONNX graph; export it again");
        }
        requireOpset(name, model);
        if (model.getGraph().getSparseInitializerCount() > 0) {
            throw new ImportException(name + ": holds sparse weights; export it with dense ones");
        }
        return model.getGraph();
    }

    private static void requireOpset(String name, ModelProto model) throws ImportException {
        long version = 0;
        for (OperatorSetIdProto set : model.getOpsetImportList()) {
            if (set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx")) {
                version = set.getVersion();
            }
        }
        if (version < OLDEST_OPSET || version > NEWEST_OPSET) {
            throw new ImportException(
                    name + ": uses operator set " + version + " of ONNX; export it with one of " + OLDEST_OPSET + " to "
                            + NEWEST_OPSET + " (opset_version in torch.onnx.export, --opset in tf2onnx)");
        }
    }
}
