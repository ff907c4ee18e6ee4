# An environment is applied in test mode, then as it is after going live. The providers are mocked: nothing is called.
# What is made has made-up attributes; those that AWS's own rules look at are given the right shape here.

mock_provider "gladly" {
  mock_resource "gladly_webhook" {
    defaults = { status = "active" }
  }
}

mock_provider "aws" {
  mock_resource "aws_acm_certificate" {
    defaults = {
      arn = "arn:aws:acm:us-east-1:444455556666:certificate/mocked"
      domain_validation_options = [{
        domain_name           = "surveys.example.com"
        resource_record_name  = "_proof.surveys.example.com"
        resource_record_type  = "CNAME"
        resource_record_value = "_proof.example.com"
      }]
    }
  }
  mock_resource "aws_apigatewayv2_api" {
    defaults = { execution_arn = "arn:aws:execute-api:us-east-1:444455556666:mocked" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:444455556666:log-group:mocked" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::444455556666:role/mocked" }
  }
  mock_resource "aws_lambda_alias" {
    defaults = {
      arn        = "arn:aws:lambda:us-east-1:444455556666:function:mocked:live"
      invoke_arn = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/mocked/invocations"
    }
  }
  mock_resource "aws_lambda_function" {
    defaults = {
      arn     = "arn:aws:lambda:us-east-1:444455556666:function:mocked"
      version = "1"
    }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:us-east-1:444455556666:mocked" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:us-east-1:444455556666:mocked" }
  }
  mock_data "aws_secretsmanager_secret_versions" {
    defaults = {
      versions = [{ created_time = "", last_accessed_date = "", version_id = "1", version_stages = ["AWSCURRENT"] }]
    }
  }
}

variables {
  webhook_password = "canary-password-that-no-plan-may-hold"
}

run "in_test_mode" {
  command   = apply
  state_key = "environment"
  module {
    source = "./in-test-mode"
  }
}

run "going_live" {
  command   = plan
  state_key = "environment"
  module {
    source = "./live"
  }
}

run "live" {
  command   = apply
  state_key = "environment"
  module {
    source = "./live"
  }
  assert {
    condition     = output.surveys_go_to == "customers"
    error_message = "Going live was applied, and surveys still go elsewhere."
  }
}
