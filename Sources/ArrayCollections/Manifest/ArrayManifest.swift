private import Documents
package import MetaLearning
private import PrintableText

/// What a collection of labeled arrays holds: `NAME.json`, beside the samples `NAME.h5`.
///
/// Either it has classes, of which episodes are drawn, or tasks of a regression, with targets.
public struct ArrayManifest: Sendable, Hashable {
    /// A file with its digest.
    package struct DataFile: Sendable, Hashable {
        /// Its path from the manifest's folder, or a source's name.
        package internal(set) var path: String
        /// The SHA-256 of its bytes; of a folder, of the list of its files' paths and digests.
        package internal(set) var sha256: String
        /// Its size, or that of a folder's files together.
        package internal(set) var bytes: Int
    }

    /// How stored numbers become those that a model sees: `(stored − offset) / scale`.
    package struct Normalization: Sendable, Hashable {
        /// How the coefficients came about.
        package internal(set) var method: ArrayConfiguration.Normalization
        /// One for each channel, of a vector one for each number; or one for all.
        package internal(set) var offset: [Double]
        /// The same.
        package internal(set) var scale: [Double]
    }

    /// An output of a regression.
    package struct Target: Sendable, Hashable {
        /// Its name.
        package internal(set) var name: String
        /// What is taken from a stored target.
        package internal(set) var offset = 0.0
        /// What the rest is divided by.
        package internal(set) var scale = 1.0
    }

    /// The member `format`.
    package static let format = "myotask.array-collection"
    /// The member `format_version`.
    package static let formatVersion = 1

    /// What wrote it.
    package internal(set) var software: String
    /// The collection's name.
    public internal(set) var name: String
    /// The HDF5 file.
    package internal(set) var file: DataFile
    /// What a sample is.
    public internal(set) var sample: ArraySample
    /// How stored numbers are scaled on reading.
    package internal(set) var normalization: Normalization
    /// Of which classes quarter turns are classes of their own.
    package internal(set) var rotations: ArrayConfiguration.Rotations
    /// The classes in the order of their labels; none of a regression.
    public internal(set) var classes: [ArrayMember]
    /// The tasks of a regression, in the order of their labels.
    public internal(set) var tasks: [ArrayMember]
    /// The names of a sample's numbers where they have names.
    package internal(set) var inputs: [String]
    /// What a regression puts out; none of classes.
    package internal(set) var targets: [Target]
    /// What it was made from.
    package internal(set) var sources: [DataFile]
    /// The settings that it was made with, with every default.
    package internal(set) var settings: ArrayConfiguration

    /// Classes, or tasks of a regression.
    package var members: [ArrayMember] { targets.isEmpty ? classes : tasks }

    /// Whether samples have targets and no classes.
    public var isRegression: Bool { !targets.isEmpty }

    /// The names of what members belong to, each once.
    package var groups: [String] { members.map(\.group).filter { !$0.isEmpty }.onceEach }

    /// The quarter turns whose classes a split has, 0 for the sample as it is.
    package func turns(in split: EpisodeSplit) -> [Int] {
        switch rotations {
        case .none: [0]
        case .train: split == .train ? [0, 1, 2, 3] : [0]
        case .all: [0, 1, 2, 3]
        }
    }

    /// What a class is called when its samples are turned.
    static func name(_ name: String, turned turn: Int) -> String {
        turn == 0 ? name : "\(name)@\(90 * turn)"
    }
}
