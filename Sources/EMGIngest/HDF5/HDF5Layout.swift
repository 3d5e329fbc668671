/// How HDF5 files are laid out; `docs/formats/hdf5-archives.md` describes the template.
package struct HDF5Layout: Sendable, Hashable {
    /// Where a fact about a recording stands.
    enum Fact: Sendable, Hashable {
        /// In the template itself.
        case number(Double)
        /// In the template itself.
        case text(String)
        /// In an attribute.
        case attribute(String, of: String)
        /// In a dataset.
        case dataset(String)
    }

    /// What the values of labels mean.
    enum Classes: Sendable, Hashable {
        /// Numbers are classes named by themselves, words by themselves.
        case asTheyAre
        /// Number *i* has the name *i* of a list.
        case list([String])
        /// Names of numbers.
        case named([Int: String])
        /// The list stands in the file.
        case fact(Fact)
    }

    /// The columns of a table of events.
    struct Events: Sendable, Hashable {
        /// When each began, in seconds on the clock of the time stamps.
        var start = ""
        /// When each ended; `nil` when ``duration`` says how long it lasted, or nothing does.
        var stop: String?
        /// How long each lasted.
        var duration: String?
        /// What happened.
        var name = ""
    }

    /// The dataset of the samples.
    var samples: String
    /// The members that are channels, when the dataset holds records.
    var members: [String] = []
    /// Which way a dataset of two dimensions lies; `nil` to tell it by its shape, with a warning
    /// where that is not plain.
    var axis: SampleAxis?
    /// Samples a second.
    var rate: Fact?
    /// A dataset of times, or the member of that name of records.
    var time: String?
    /// The length of the unit of times, in seconds.
    var timeUnit = 1.0
    /// The unit of the samples after scaling.
    var unit: Fact?
    /// What numbers are multiplied by.
    var scale: Fact?
    /// What is added then.
    var offset: Fact?
    /// The names of the channels.
    var channels: Fact?
    /// The names of the channels, when the template lists them.
    var channelNames: [String] = []
    /// A dataset with one label a row; `nil` for none.
    var labels: String?
    /// What its values mean.
    var classes = Classes.asTheyAre
    /// Events that become labels.
    var events: Events?
    /// Datasets that are continuous quantities to be inferred from the samples.
    var targets: [TemplateTarget<String>] = []
    /// Who, when and what.
    var identity: [String: Fact] = [:]

    /// A layout with samples and nothing else.
    init(samples: String) {
        self.samples = samples
    }
}
