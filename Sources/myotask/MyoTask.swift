import ArgumentParser
import Documents
import EMGSignal
import ErrorReports
import Foundation

/// The command `myotask`.
@main
struct MyoTask: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "myotask",
        abstract: "From raw EMG recordings to task collections and meta-trained intent decoders.",
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
            FormatsCommand.self, InspectCommand.self, ConvertCommand.self,
            ConvertWorkerCommand.self, InspectWorkerCommand.self, FilterCommand.self,
            BuildCommand.self,
            CollectionsCommand.self, ShowCommand.self, AuditCommand.self, VerifyCommand.self,
            ReviewCommand.self, WindowCommand.self, TrainCommand.self, CollectCommand.self,
            RunCommand.self, EvaluateCommand.self, CompareCommand.self, ReportCommand.self,
            SinusoidsCommand.self,
            SynthCommand.self,
        ])

    static func main() {
        var printsJSON = false
        do {
            var command = try parseAsRoot()
            printsJSON = (command as? any PrintsJSON)?.printsJSON == true
            try command.run()
        } catch let status as ExitStatus {
            Foundation.exit(status.rawValue)
        } catch {
            let status = report(error)
            if printsJSON {
                Console.line(JSONText.of(.object(["error": ErrorReport(error).document])))
            }
            Foundation.exit(status.rawValue)
        }
    }

    /// Prints an error the way its kind asks for and says how the program ends.
    private static func report(_ error: any Error) -> ExitStatus {
        switch exitCode(for: error) {
        case .success:
            // Help and version arrive as errors, too.
            Console.line(message(for: error))
            return .done
        case .validationFailure:
            Console.problem(fullMessage(for: error))
            return .usage
        default:
            if !Failure.isExpected(error), let fault = MachineFault.behind(error) {
                Console.problem("Error: \(fault)\n  hint: \(fault.remedy)")
                return .refused
            }
            Console.problem("Error: \(error)")
            return Failure.isExpected(error) ? .refused : .fault
        }
    }
}
