// What the programs of makers of amplifiers write; docs/formats/programs.md says what is assumed.
extension SourceTemplate {
    static let programs: [(name: String, text: String)] = [
        ("trigno-discover", trignoDiscover), ("noraxon-mr", noraxonMR),
        ("noraxon-text", noraxonText), ("vicon-nexus", viconNexus), ("cometa", cometa),
        ("bts-emt", btsEMT), ("shimmer-consensys", shimmerConsensys),
        ("acqknowledge", acqKnowledge), ("labchart", labChart),
    ]

    private static let trignoDiscover = """
        name: trigno-discover
        description: CSV exports of Delsys Trigno Discover, a time column for signals
        delimited:
          decimal: auto
          skip_lines: 3
          header_rows: [groups, skip, names, rates_hz, text]
          name_form: "{name} ({unit})"
          time: {columns: "*Time Series*", unit: s}
          extra_cells: ignore
          recognize: {begins: ["Application:", '"Application:"'], lines: "*Time Series (s)*"}
        """

    private static let noraxonMR = """
        name: noraxon-mr
        description: CSV exports of Noraxon MR3 and MR4, two rows of keys and values first
        unit: uV
        delimited:
          preamble: text
          decimal: auto
          stated: {rate_hz: frequency, unit: units, rows: count}
          name_form: "{name} ({unit})"
          time: {column: "time*", unit: s}
          label: {column: "Activity*", lasts: until_next}
          ignore: ["Marker*"]
          recognize: {lines: "*type*begin_time*frequency*"}
        """

    private static let noraxonText = """
        name: noraxon-text
        description: text exports of Noraxon MyoResearch, columns such as "RT BICEPS FEM.,uV"
        delimited:
          preamble: text
          decimal: auto
          name_form: "{name},{unit}"
          time: {column: "Time,s", unit: s}
          recognize: {lines: "*Time,s*,*V*"}
        """

    private static let viconNexus = """
        name: vicon-nexus
        description: CSV exports of Vicon Nexus, the section of devices
        delimited:
          decimal: auto
          starts_at: "Devices*"
          ends_at: ["", ",,*", ";;*"]
          header_rows: [skip, rate_hz, groups, names, units]
          ignore: [Frame, Sub Frame]
          recognize: {lines: ["Devices*", "Frame*Sub Frame*"]}
        """

    private static let cometa = """
        name: cometa
        description: text exports of Cometa's EMG and Motion Tools, columns such as Emg_1(uV)
        delimited:
          decimal: auto
          name_form: "{name}({unit})"
          time: {column: "Time*", unit: s}
          recognize: {lines: "Time*(s)*Emg_*(*V)*"}
        """

    private static let btsEMT = """
        name: bts-emt
        description: text exports of BTS (.emt) with tracks of EMG
        delimited:
          preamble: text
          delimiter: tab
          decimal: auto
          stated: {rate_hz: Frequency, unit: Measure unit, rows: Frames}
          counter: {column: Frame}
          time: {column: Time, unit: s}
          recognize: {begins: BTS ASCII format, lines: "Type:*Emg*"}
        """

    private static let shimmerConsensys = """
        name: shimmer-consensys
        description: CSV exports of Shimmer's Consensys, calibrated EMG
        unlabeled: [-1]
        delimited:
          decimal: auto
          header_rows: [names, units]
          channels: ["*EMG_CH*_CAL"]
          time: {column: "*Timestamp*_CAL"}
          label: "*Event_Marker*"
          recognize: {lines: "*Timestamp*EMG_CH*_CAL*"}
        """

    private static let acqKnowledge = """
        name: acqknowledge
        description: text exports of AcqKnowledge and BIOPAC Student Lab with their header
        delimited:
          preamble: acqknowledge
          decimal: auto
          recognize: {lines: ["*sample*", "* channel*"]}
        """

    private static let labChart = """
        name: labchart
        description: text exports of ADInstruments' LabChart, blocks and comments
        delimited:
          preamble: text
          header: false
          delimiter: tab
          decimal: auto
          starts_at: "Interval=*"
          blocks: joined
          stated: {interval: Interval, names: ChannelTitle, units: [UnitName, Range]}
          row_comment: "#"
          label: {lasts: until_next}
          recognize: {begins: "Interval="}
        """
}
