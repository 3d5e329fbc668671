/// An edit file that has every action.
enum EditFile {
    private static let actions = [
        #""p1/2024_03_04_p1/111", "action": "relabel", "start": 380, "end": 400, "class": "open""#,
        #""p1/2024_03_04_p1/111", "action": "exclude", "start": 100, "end": 160"#,
        #""p1/2024_03_04_p1/111", "action": "include", "start": 140, "end": 160"#,
        #""p1/2024_03_04_p1/111", "action": "note", "text": "a note""#,
        #""p1/2024_03_04_p1/111", "action": "approve""#,
        #""p2/2024_03_07_p2/111", "action": "exclude_channel", "channel": "emg3""#,
        #""p2/2024_03_07_p2/111", "action": "exclude_channel", "channel": "emg4""#,
        #""p2/2024_03_07_p2/111", "action": "include_channel", "channel": "emg4""#,
        #""p2/2024_03_07_p2/111", "action": "approve""#,
        #""p3/2024_03_10_p3/111", "action": "approve""#,
        #""p4/2024_03_13_p4/111", "action": "approve""#,
        #""p5/2024_03_16_p5/111", "action": "approve""#,
        #""p5/2024_03_16_p5/111", "action": "reject""#,
        #""p5/2024_03_16_p5/111", "action": "undo", "undoes": 13"#,
        #""p6/2024_03_19_p6/111", "action": "flag""#,
        #""p6/2024_03_19_p6/111", "action": "reopen""#,
    ]

    /// Its text.
    static var text: String {
        let lines = actions.enumerated().map { index, action in
            #"{"number": \#(index + 1), "recording": \#(action), "by": "ana","#
                + #" "at": "2026-11-21T13:00:00Z"}"#
        }
        return """
            {"format": "myotask.edits", "format_version": 1, "decisions": [
            \(lines.joined(separator: ",\n"))
            ]}

            """
    }
}
