//! SDK 0.1.70: `client.submit("image", cloud_config=west, gpu=west_gpu)` for each job.

use super::Module;
use super::jobs::ARGUMENTS;
use super::layout::{self, Expression};
use crate::submission::{Job, JobField};

impl Module<'_, '_> {
    /// A function that starts the jobs: who only imports the module starts none.
    pub(super) fn calls(&mut self) {
        if self.wanted.jobs.is_none() {
            return;
        }
        self.imports.insert("Client");
        let jobs = self.by_submission(Self::call);
        self.blocks.push(format!(
            "\ndef submit(client: Client):\n    \"\"\"Start the jobs; return them by submission.\"\"\"\n{}",
            layout::returned(&jobs)
        ));
    }

    fn call(&mut self, job: &Job) -> Expression {
        let mut arguments = Vec::new();
        let mut add = |name: &str, value: Option<Expression>| {
            let name = if name == "image" { String::new() } else { format!("{name}=") };
            arguments.extend(value.map(|value| (name, value)));
        };
        let [(image, name, _), rest @ ..] = ARGUMENTS;
        let set = |field| job.setting(field);
        add(name, set(image).and_then(|set| self.job_value(image, set)));
        let deployment = JobField::Deployment;
        add(deployment.name(), set(deployment).and_then(|set| self.job_value(deployment, set)));
        let config = self.configurations.of(job).map(|id| Expression::atom(self.variable(id)));
        add("cloud_config", config);
        add("credential_name", self.job_credential(job));
        add("gpu", self.gpu(job));
        for (field, _, name) in rest {
            add(name, set(field).and_then(|set| self.job_value(field, set)));
        }
        Expression::call("client.submit", arguments)
    }
}
