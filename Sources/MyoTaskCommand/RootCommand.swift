import ArgumentParser
import EMGSignal

/// The command with all its subcommands.
struct RootCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: CommandContext.current.name,
            abstract:
                "From raw EMG recordings to task collections and meta-trained intent decoders.",
            discussion: """
                A typical way through:
                  myotask convert lab/ --output archive
                  myotask filter archive --pipeline pipeline.yaml --output conditioned
                  myotask build conditioned --config collection.yaml --output collections/study
                  myotask train collections/study.json --config training.yaml

                Exit status: 0 done; 1 some inputs were refused, the rest is done, or the machine lacks \
                something (room on the disk, permission), and the same command goes on later; 2 the \
                command was not understood; 3 a fault of the program; 130 stopped by Ctrl-C, all saved.
                """,
            version: SoftwareVersion.text,
            subcommands: [
                FormatsCommand.self, TemplateCommand.self, InspectCommand.self, ConvertCommand.self,
                ConvertWorkerCommand.self, InspectWorkerCommand.self, FilterCommand.self,
                ArchiveCommand.self,
                BuildCommand.self, ArraysCommand.self,
                CollectionsCommand.self, ShowCommand.self, AuditCommand.self, VerifyCommand.self,
                ReviewCommand.self, LabelCommand.self, LiveCommand.self, WindowCommand.self,
                TrainCommand.self, CollectCommand.self, JobsCommand.self,
                RunCommand.self, BenchmarkCommand.self, EvaluateCommand.self, CompareCommand.self,
                ReportCommand.self, BundleCommand.self, AdaptCommand.self, PredictCommand.self,
                DecodeCommand.self, ExportCommand.self,
                SinusoidsCommand.self,
                SynthCommand.self, KindsCommand.self, SchemaCommand.self,
            ])
    }
}
