/// The names in a recording's file; `schemas/recording-archive.md` says what each means.
enum RecordingNames {
    static let format = "myotask.recording"
    static let formatVersion = 1

    static let signal = "/emg"
    static let labels = "/label"
    static let timeStamps = "/time_s"
    static let quality = "/quality"
    static let targets = "/targets"

    static let qualityColumns = ["start", "stop", "channel", "kind"]

    /// The unit of a file whose channels have several.
    static let mixedUnits = "mixed"
}
