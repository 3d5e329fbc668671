/// What a row of a table's header holds.
package enum HeaderRow: String, Sendable, Hashable, CaseIterable {
    /// The names of the columns.
    case names
    /// Names that hold until the next one, such as those of sensors; they come before the names.
    case groups
    /// The units of the columns.
    case units
    /// The sampling rates of the columns in hertz.
    case rates = "rates_hz"
    /// One sampling rate in hertz for all columns.
    case rate = "rate_hz"
    /// How many samples each column has.
    case counts
    /// Something else.
    case skip
    /// All rows up to the first one of numbers, of which there may be none; the last kind.
    case text
}
