//! Reads the files and parses them as YAML, one event after the other.

fn main() {
    let mut events = 0;
    for file in std::env::args().skip(1) {
        let text = std::fs::read_to_string(file).expect("a text");
        events += granit_parser::Parser::new_from_str(&text).map(|event| event.expect("YAML")).count();
    }
    assert!(events > 0);
}
