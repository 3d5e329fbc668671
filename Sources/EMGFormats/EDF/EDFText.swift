/// Words and bytes of EDF+ that readers and writers share.
package enum EDFText {
    /// Ends a time, and each text of an annotation.
    package static let textEnd: UInt8 = 0x14
    /// Stands between an annotation's time and its duration.
    package static let durationMark: UInt8 = 0x15

    /// What stands for a word that is not known.
    package static let unknown = "X"
    /// The word in front of the date in ``EDFField/recording``.
    package static let startDateWord = "Startdate"
    /// The names of the months, January first.
    package static let months = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ]
    /// ``EDFField/startDate`` and ``EDFField/startTime`` of files whose beginning is not known.
    package static let anonymousStart = (date: "01.01.85", time: "00.00.00")

    /// The name of a channel behind the text of an annotation that is about it alone.
    package static let channelMark = "@@"
}
