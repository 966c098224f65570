package io.spikelet.host.cli;

import io.spikelet.engine.DeviceFailedException;
import io.spikelet.hal.BrokerRefusedException;
import io.spikelet.hal.LinkUnavailableException;
import io.spikelet.hal.coprocessor.CoProcessorException;
import io.spikelet.host.convert.ConversionException;
import io.spikelet.host.data.SampleFileException;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.link.SmpRefusedException;
import io.spikelet.host.nir.NirExportException;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.container.ImageRefusedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns every failure into one sentence and an exit code; only a fault of ours shows its stack trace. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    static final int FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int OUR_FAULT = 70;

    private final BooleanSupplier traceWanted;

    Failures(BooleanSupplier traceWanted) {
        this.traceWanted = traceWanted;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine line = failure.getCommandLine();
        PrintWriter err = line.getErr();
        say(err, failure.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        return BAD_INPUT;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        Exception cause = failure instanceof UncheckedIOException wrapped ? wrapped.getCause() : failure;
        int exitCode = switch (cause) {
            case MalformedDataException _,
                    IllegalArgumentException _,
                    ConversionException _,
                    ImportException _,
                    NirExportException _,
                    QuantiseException _,
                    ImageRefusedException _,
                    SampleFileException _,
                    SmpRefusedException _,
                    LinkUnavailableException _,
                    BrokerRefusedException _,
                    FileSystemException _ -> BAD_INPUT;
            case IOException _, CoProcessorException _, DeviceFailedException _ -> FAILED;
            default -> OUR_FAULT;
        };
        if (exitCode == OUR_FAULT) {
            say(err, "this is a fault of spikelet's own, please report it with the lines below.");
        } else {
            say(err, sentence(cause));
        }
        if (exitCode == OUR_FAULT || traceWanted.getAsBoolean()) {
            cause.printStackTrace(err);
        }
        return exitCode;
    }

    private static void say(PrintWriter err, String sentence) {
        err.println("spikelet: " + sentence);
    }

    /** The file system's own exceptions name the file and leave the verb to their class. */
    private static String sentence(Exception failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case NoSuchFileException missing ->
                missing.getReason() == null ? "no such file: " + missing.getFile() : message;
            case AccessDeniedException denied -> "not allowed to use " + denied.getFile();
            case FileAlreadyExistsException present -> "exists already: " + present.getFile();
            case FileSystemException other -> "cannot use " + other.getMessage() + "; give another path";
            case FileNotFoundException missing -> "cannot open " + missing.getMessage();
            default -> message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
        };
    }
}
