package import Documents
public import EMGSignal
public import TaskDraws

/// The manifest of a task collection, `NAME.json`: which recordings are which tasks, how their
/// signals were conditioned, split, cut into windows and normalized, and where the tensors lie.
///
/// The tensors themselves are in the HDF5 file of ``tensors``; `schemas/task-collection.md`
/// says what every member and dataset means, `schemas/task-collection.schema.json` checks one
/// without this library.
public struct CollectionManifest: Sendable, Hashable {
    /// What the member `format` says.
    package static let format = "myotask.collection"
    /// What the member `format_version` says.
    package static let formatVersion = 1

    /// The software that made the collection, for example `myotask 0.1.0`.
    package var software: String
    /// The collection's name.
    public var name: String
    /// The seed of every random choice behind it.
    public var seed: UInt64
    /// The file that holds the signals.
    package var tensors: TensorFile
    /// The name of each label: label *i* is `classes[i]`; none for unlabeled recordings, whose
    /// windows all have label 0.
    public var classes: [String]
    /// The channels of every task, in the order of the tensors' columns.
    public var channels: [Channel]
    /// The grid that the channels lie on, row by row; `nil` when they lie on none.
    public var grid: Grid?
    /// The sampling rate of every task.
    public var samplingRate: SamplingRate
    /// How windows are cut.
    public var window: Window
    /// How signals are scaled.
    public var normalization: Normalization
    /// What of the recordings' quality is in no window and in no fit; `nil` in collections that
    /// are older than the choice, where that is gaps and samples that are no numbers alone.
    public var quality: QualityPolicy?
    /// The steps of the recordings' histories after ingest.
    public var conditioning: [ProcessingStep]
    /// How each recording is divided into support and query.
    public var split: Split
    /// The tasks, each once.
    public var tasks: [Entry]
    /// Which tasks are for training, validation and test.
    public var splits: Partition
    /// How training windows are to be varied; the tensors are not.
    package var augmentation: [Augmentation]
    /// How tasks were varied as a whole when the tensors were made; each task has its draw.
    package var variation: [Rule] = []
    /// What a regression should put out for each window; `nil` when there are classes only.
    public var targets: Targets?
    /// How the collection was made, oldest step first.
    package var history: [ProcessingStep]
    /// What packages outside have added to the kinds that the manifest may name.
    package var kinds = Kinds()

    /// Creates a manifest. Nothing is checked: reading a manifest back checks all of it.
    package init(
        software: String = SoftwareVersion.text, name: String, seed: UInt64, tensors: TensorFile,
        classes: [String], channels: [Channel], grid: Grid? = nil, samplingRate: SamplingRate,
        window: Window,
        normalization: Normalization, quality: QualityPolicy? = nil,
        conditioning: [ProcessingStep], split: Split,
        tasks: [Entry], splits: Partition, augmentation: [Augmentation] = [],
        targets: Targets? = nil, history: [ProcessingStep]
    ) {
        self.software = software
        self.name = name
        self.seed = seed
        self.tensors = tensors
        self.classes = classes
        self.channels = channels
        self.grid = grid
        self.samplingRate = samplingRate
        self.window = window
        self.normalization = normalization
        self.quality = quality
        self.conditioning = conditioning
        self.split = split
        self.tasks = tasks
        self.splits = splits
        self.augmentation = augmentation
        self.targets = targets
        self.history = history
    }

    /// What a regression should put out: numbers of each window.
    public struct Targets: Sendable, Hashable {
        /// The numbers, in the order of the tensors' columns; at least one.
        public var columns: [Column]
        /// How the targets of a window's samples become its own.
        public var rule: Rule

        /// Creates a description of targets.
        package init(columns: [Column], rule: Rule) {
            self.columns = columns
            self.rule = rule
        }

        /// One number.
        public struct Column: Sendable, Hashable {
            /// Its name, for example `joint_angles/thumb`; no two are alike.
            public var name: String
            /// Its unit; empty when nothing says it.
            public var unit: String

            /// Creates a column.
            package init(name: String, unit: String) {
                self.name = name
                self.unit = unit
            }
        }

        /// How the targets of a window's samples become its own.
        public enum Rule: String, Sendable, Hashable, CaseIterable {
            /// Those of the last sample, as an online decoder needs them.
            case last
            /// Those of the sample in the middle (the later one of two).
            case center
            /// Their mean.
            case mean
        }
    }

    /// A grid of electrodes: channel `row * columns + column` lies at that row and column.
    public struct Grid: Sendable, Hashable {
        /// How many rows, at least 1.
        public var rows: Int
        /// How many columns, at least 1.
        public var columns: Int

        /// Creates a grid.
        package init(rows: Int, columns: Int) {
            self.rows = rows
            self.columns = columns
        }
    }

    /// The HDF5 file with the signals, labels and window starts.
    package struct TensorFile: Sendable, Hashable {
        /// Its path relative to the manifest's folder, with `/` between folders.
        package var path: String
        /// The SHA-256 of the whole file as 64 lower-case hexadecimal digits.
        package var sha256: String
        /// Its size.
        package var bytes: Int

        /// Creates a reference to a file.
        package init(path: String, sha256: String, bytes: Int) {
            self.path = path
            self.sha256 = sha256
            self.bytes = bytes
        }
    }

    /// How windows are cut and labeled.
    public struct Window: Sendable, Hashable {
        /// Samples in a window, at least 1.
        public var length: Int
        /// Samples from one window's start to the next one's, at least 1.
        public var stride: Int
        /// Which label a window gets from the labels of its samples.
        public var labelRule: Rule

        /// Creates a description of windows.
        package init(length: Int, stride: Int, labelRule: Rule) {
            self.length = length
            self.stride = stride
            self.labelRule = labelRule
        }
    }

    /// A rule by its name, with its parameters.
    public struct Rule: Sendable, Hashable, ExpressibleByStringLiteral {
        /// The rule's name.
        public var name: String
        /// The rule's parameters, by name; none for most rules.
        public var parameters: [String: ProcessingStep.Value]

        /// Creates a rule.
        package init(name: String, parameters: [String: ProcessingStep.Value] = [:]) {
            self.name = name
            self.parameters = parameters
        }

        /// Creates a rule without parameters.
        public init(stringLiteral name: String) {
            self.init(name: name)
        }
    }

    /// How signals are scaled. The coefficients stand with each task.
    public struct Normalization: Sendable, Hashable {
        /// The samples that the coefficients come from: never the query, which would leak into
        /// the support.
        package static let fittedOn = "support"

        /// Where the coefficients come from.
        public var method: Rule

        /// Creates a description of scaling.
        package init(method: Rule) {
            self.method = method
        }
    }

    /// How each recording is divided into support and query.
    public struct Split: Sendable, Hashable {
        /// The rule's name.
        public var rule: String
        /// Samples left out between support and query, at least 0.
        public var guardSamples: Int
        /// The rule's parameters, by name.
        public var parameters: [String: ProcessingStep.Value]

        /// Creates a description of a split.
        package init(
            rule: String, guardSamples: Int, parameters: [String: ProcessingStep.Value] = [:]
        ) {
            self.rule = rule
            self.guardSamples = guardSamples
            self.parameters = parameters
        }
    }

    /// One task: one recording, divided.
    public struct Entry: Sendable, Hashable, Identifiable {
        /// Who, when and what.
        public var identity: RecordingIdentity
        /// The rate at which the samples really change.
        public var effectiveRate: SamplingRate
        /// The samples of the recording.
        public var sampleCount: Int
        /// The file that the laboratory recorded.
        public var source: SourceFile
        /// What a model adapts to.
        public var support: Portion
        /// What it is evaluated on.
        public var query: Portion
        /// How the raw signal became the stored one.
        package var normalization: Coefficients
        /// Where the signal lies.
        package var tensor: TensorLocation
        /// The quality problems by segment, as found at ingest.
        public var quality: [QualityInterval]
        /// What is in no window because nobody labeled it; `nil` when there is no such sample.
        public var unlabeled: Unlabeled?
        /// The recordings of the person that the task is made of, in the order of its samples;
        /// empty when it is one.
        package var recordings: [TaskRecording] = []
        /// Windows of the person's earlier recordings; `nil` when there are none.
        public var earlier: Portion?
        /// How support and query were varied.
        public var draw = TaskDraw()

        /// Creates a task.
        package init(
            identity: RecordingIdentity, effectiveRate: SamplingRate, sampleCount: Int,
            source: SourceFile, support: Portion, query: Portion, normalization: Coefficients,
            tensor: TensorLocation, quality: [QualityInterval] = [],
            unlabeled: Unlabeled? = nil
        ) {
            self.identity = identity
            self.effectiveRate = effectiveRate
            self.sampleCount = sampleCount
            self.source = source
            self.support = support
            self.query = query
            self.normalization = normalization
            self.tensor = tensor
            self.quality = quality
            self.unlabeled = unlabeled
        }

        /// `patient/session/condition[-run]`.
        public var id: String { identity.id }

        /// How many windows are left out of support and query because of the recording's quality,
        /// by kind.
        package var windowsLeftOut: [QualityInterval.Kind: Int] {
            support.leftOut.merging(query.leftOut, uniquingKeysWith: +)
        }
    }

    /// What of a recording is in no window because nobody labeled it.
    public struct Unlabeled: Sendable, Hashable {
        /// The samples without a label that could be windowed otherwise.
        public var samples: Int
        /// The windows that would hold at least one of them.
        public var windows: Int

        /// Creates counts.
        package init(samples: Int, windows: Int) {
            self.samples = samples
            self.windows = windows
        }
    }

    /// The support or the query of a task.
    public struct Portion: Sendable, Hashable {
        /// The samples of the recording that belong to it, in order, apart from each other.
        public var ranges: [SampleRange]
        /// How many windows it has.
        public var windows: Int
        /// How many of them have label 0, 1, …: one count a class.
        public var windowsPerClass: [Int]
        /// How many windows more there would be were nothing excluded because of the recording's
        /// quality: those that touch each kind. A window that touches several counts for each.
        public var leftOut: [QualityInterval.Kind: Int]

        /// Creates a portion.
        package init(
            ranges: [SampleRange], windows: Int, windowsPerClass: [Int],
            leftOut: [QualityInterval.Kind: Int] = [:]
        ) {
            self.ranges = ranges
            self.windows = windows
            self.windowsPerClass = windowsPerClass
            self.leftOut = leftOut
        }
    }

    /// What a task's raw signal `x` was scaled with: the tensors hold `(x - offset) / scale`.
    package struct Coefficients: Sendable, Hashable {
        /// One offset a channel, finite, in the channel's unit.
        package var offset: [Double]
        /// One scale a channel, finite and above 0, in the channel's unit.
        package var scale: [Double]

        /// Creates coefficients.
        package init(offset: [Double], scale: [Double]) {
            self.offset = offset
            self.scale = scale
        }
    }

    /// Where a task lies in the tensors' file.
    package struct TensorLocation: Sendable, Hashable {
        /// The HDF5 group, `/tasks/patient/session/condition[-run]`.
        package var path: String
        /// The SHA-256 of the task's signal, window starts and labels, as
        /// `schemas/task-collection.md` defines it.
        package var sha256: String

        /// Creates a location.
        package init(path: String, sha256: String) {
            self.path = path
            self.sha256 = sha256
        }
    }

    /// How training windows are to be varied: one of the kinds that the software which trains
    /// knows.
    package struct Augmentation: Sendable, Hashable {
        /// What is varied, for example `rotation`.
        package var kind: String
        /// How, by name: numbers, texts and flags.
        public var parameters: [String: ProcessingStep.Value]

        /// Creates an augmentation.
        package init(kind: String, parameters: [String: ProcessingStep.Value] = [:]) {
            self.kind = kind
            self.parameters = parameters
        }
    }

    /// Which tasks are for what, by their ids; each task is in exactly one list.
    public struct Partition: Sendable, Hashable {
        /// Meta-training.
        public var train: [String]
        /// Choosing among models.
        public var validation: [String]
        /// The final evaluation.
        public var test: [String]

        /// Creates a partition.
        package init(train: [String], validation: [String], test: [String]) {
            self.train = train
            self.validation = validation
            self.test = test
        }
    }
}
