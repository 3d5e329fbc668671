import ArgumentParser
public import Documents
public import EMGIngest
import ErrorReports
import Foundation
import PrintableText

/// The command `myotask` as a library: a program with all its subcommands, and with the kinds and
/// formats of a laboratory beside the library's.
///
/// ```swift
/// var kinds = Kinds()
/// kinds.add(stage: MedianFilter.self)
/// kinds.add(feature: LogVariance.self)
/// MyoTaskProgram(name: "mylab", kinds: kinds).main()
/// ```
///
/// What is added is named in YAML as the library's kinds are, listed by `mylab kinds` and
/// `mylab formats`, and part of what `mylab schema` prints.
public struct MyoTaskProgram: Sendable {
    private let context: CommandContext

    /// Creates a program.
    ///
    /// - Parameters:
    ///   - name: What it is called in usage texts.
    ///   - kinds: What is added to the library's kinds.
    ///   - readers: The formats that can be read.
    public init(
        name: String = "myotask", kinds: Kinds = Kinds(), readers: ReaderRegistry = .standard
    ) {
        context = CommandContext(name: name, kinds: kinds, readers: readers)
    }

    /// Does what the command line says and ends the process with the status that
    /// `myotask --help` documents.
    public func main() -> Never {
        Foundation.exit(CommandContext.$current.withValue(context, operation: Self.run).rawValue)
    }

    private static func run() -> ExitStatus {
        var printsJSON = false
        do {
            var command = try RootCommand.parseAsRoot()
            printsJSON = (command as? any PrintsJSON)?.printsJSON == true
            try command.run()
            return .done
        } catch let status as ExitStatus {
            return status
        } catch {
            let status = report(error)
            if printsJSON {
                Console.line(JSONText.of(.object(["error": ErrorReport(error).document])))
            }
            return status
        }
    }

    /// Prints an error the way its kind asks for and says how the program ends.
    private static func report(_ error: any Error) -> ExitStatus {
        switch RootCommand.exitCode(for: error) {
        case .success:
            // Help and version arrive as errors, too.
            Console.line(RootCommand.message(for: error))
            return .done
        case .validationFailure:
            Console.problem(RootCommand.fullMessage(for: error))
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
