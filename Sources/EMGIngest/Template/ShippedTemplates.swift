extension SourceTemplate {
    /// The templates that come with the package, by name in the order of their formats.
    package static let shipped: [SourceTemplate] = texts.compactMap { name, text in
        // A test reads each of them: none can be wrong.
        try? SourceTemplate(text, document: "\(name).yaml", name: name)
    }

    /// The reader of sources that are laid out like that.
    package var reader: (any RecordingReader)? {
        switch layout {
        case .delimited: DelimitedReader(self)
        case .hdf5: HDF5Reader()
        case .matlab(let layout): MATLABReader(self, layout: layout)
        case .edf: EDFTemplateReader(self)
        }
    }

    /// What stands in the templates.
    package static let texts: [(name: String, text: String)] =
        [
            ("opensignals", openSignals), ("trigno-csv", trigno), ("uci-gestures", uciGestures),
            ("myo-readings", myoReadings), ("libemg", libEMG),
        ] + programs

    private static let openSignals = """
        name: opensignals
        description: text files of OpenSignals (BITalino, biosignalsplux), any number of channels
        delimited:
          preamble: opensignals
          comment: "#"
          delimiter: tab
          channels: ["A*", "CH*"]
          counter: {column: nSeq}
          recognize: {begins: "# OpenSignals Text File Format"}
        """

    private static let trigno = """
        name: trigno-csv
        description: CSV exports of Delsys EMGworks, a time column for each signal
        delimited:
          preamble: trigno
          decimal: auto
          recognize: {begins: ["Label:", "X[s]", '"X[s]', "X [s]", '"X [s]']}
        """

    private static let uciGestures = """
        name: uci-gestures
        description: UCI EMG data for gestures (armband, 8 channels in volts, classes 1 to 7)
        path: "{patient}/{session}_raw_data_{*}.txt"
        identity: {condition: gestures}
        unit: V
        classes:
          1: rest
          2: fist
          3: wrist_flexion
          4: wrist_extension
          5: radial_deviation
          6: ulnar_deviation
          7: extended_palm
        unlabeled: [0]
        delimited:
          delimiter: tab
          channels: ["channel*"]
          time: {column: time, unit: ms}
          label: class
          recognize: {header: [time, channel1, channel8, class]}
        """

    private static let myoReadings = """
        name: myo-readings
        description: text dumps of a Myo armband, a time stamp in microseconds and emg1 to emg8
        unit: count
        delimited:
          channels: ["emg*"]
          time: {column: timestamp, unit: us}
          recognize: {header: [timestamp, emg1, emg8]}
        """

    private static let libEMG = """
        name: libemg
        description: folders of LibEMG, a file for each repetition and class; 200 Hz is assumed
        path:
          - "{patient}/trial_{session}/R_{repetition}_C_{label}.csv"
          - "{patient}/{session}/R_{repetition}_C_{label}.csv"
        identity: {condition: gestures}
        rate_hz: 200
        delimited:
          header: false
          delimiter: comma
          pieces: folder
          class_file: metadata.json
        """
}
