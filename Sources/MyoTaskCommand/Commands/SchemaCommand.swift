import ArgumentParser
import ArrayCollections
import Decoding
import Documents
import EMGArchive
import EMGFeatures
import EMGFilters
import EMGIngest
import EMGLive
import EMGTasks
import Experiments
import FewShotBenchmark
import Launching
import MetaLearning

/// `myotask schema`: what may stand in a document, for editors and checkers.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of a document: settings, templates, edits, manifests.",
        discussion: """
            The schema is made from the same description that documents are read by, with the \
            kinds that a laboratory's own program adds. Editors complete and check YAML by it.
            """)

    /// A document with a schema.
    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case pipeline, collection, training, features, experiment, edits
        case sourceTemplate = "source-template"
        case taskCollection = "task-collection"
        case runInput = "run-input"
        case benchmark, control, decoder, fitts
        case sessionProtocol = "session-protocol"
        case cluster, arrays
        case arrayCollection = "array-collection"

        func document(with kinds: Kinds) -> SchemaDocument {
            switch self {
            case .pipeline: ConditioningPipeline.schemaDocument(with: kinds)
            case .collection: CollectionConfiguration.schemaDocument(with: kinds)
            case .training: TrainingConfiguration.schemaDocument(with: kinds)
            case .features: FeatureList.schemaDocument(with: kinds)
            case .experiment: Experiment.schemaDocument()
            case .edits: EditJournal.schemaDocument()
            case .sourceTemplate: SourceTemplate.schemaDocument()
            case .taskCollection: CollectionManifest.schemaDocument()
            case .runInput: InputDescription.schemaDocument()
            case .benchmark: BenchmarkProtocol.schemaDocument(with: kinds)
            case .control: ControlSettings.schemaDocument()
            case .decoder: BundleDescription.schemaDocument(with: kinds)
            case .fitts: FittsSettings.schemaDocument()
            case .sessionProtocol: SessionProtocol.schemaDocument()
            case .cluster: ClusterSettings.schemaDocument()
            case .arrays: ArrayConfiguration.schemaDocument()
            case .arrayCollection: ArrayManifest.schemaDocument()
            }
        }
    }

    @Argument(help: "Of which document.")
    var subject: Subject

    func run() {
        let schema = subject.document(with: CommandContext.current.kinds)
        Console.line(String(schema.document.json(.indented).dropLast()))
    }
}
